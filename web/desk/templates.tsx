/** @jsxImportSource preact */
/** Templates to choose from once the window is closed: with their text, their variables filled in by hand. */
import { useState } from 'preact/hooks'
import type { Says, Template } from '../shared/api.ts'
import { useWords } from '../shared/language.tsx'
import { Icon } from '../shared/mark.tsx'
import { WHY } from '../shared/why-words.ts'
import { DESK } from './words.ts'

type PickerProps = {
  readonly templates: readonly Template[]
  readonly language: string
  readonly busy: boolean
  readonly send: (says: Says) => void
}

export const TemplatePicker = ({ templates, language, busy, send }: PickerProps) => {
  const words = useWords(DESK)
  const spoken = templates.filter((template) => template.language.startsWith(language))
  const offered = spoken.length > 0 ? spoken : templates
  return (
    <details class="templates">
      <summary>{words.others}</summary>
      <ul>
        {offered.map((template) => (
          <li key={`${template.name} ${template.language}`}>
            <OneTemplate template={template} busy={busy} send={send} />
          </li>
        ))}
      </ul>
    </details>
  )
}

const OneTemplate = ({
  template,
  busy,
  send,
}: {
  readonly template: Template
  readonly busy: boolean
  readonly send: (says: Says) => void
}) => {
  const words = useWords(DESK)
  const { category } = useWords(WHY)
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const missing = template.parameters.some((name) => !values[name]?.trim())
  const preview = template.text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] || whole)
  const parameters = Object.fromEntries(template.parameters.map((name) => [name, values[name] ?? '']))
  return (
    <div class="template">
      <p class="small quiet">
        {template.name} · {category[template.category]}
      </p>
      <p>{preview}</p>
      <div class="parameters">
        {template.parameters.map((name) => (
          <input
            key={name}
            class="field"
            aria-label={words.parameter(name)}
            placeholder={`{{${name}}}`}
            maxLength={200}
            value={values[name] ?? ''}
            onInput={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
          />
        ))}
      </div>
      <button
        type="button"
        class="button"
        disabled={busy || missing}
        onClick={() => send({ template: { name: template.name, language: template.language, parameters } })}
      >
        {words.sendTemplate}
        <Icon name="send" />
      </button>
    </div>
  )
}
