/** @jsxImportSource preact */
/** Where the visitor writes and attaches: by keys, by a pick, by pasting, by dropping on the page. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { sizeOf } from '../shared/format.ts'
import { useLanguage, useWords } from '../shared/language.tsx'
import { Icon } from '../shared/mark.tsx'
import { visible } from './plain.ts'
import type { Start } from './shapes.ts'
import { HERE } from './wire.ts'
import { CHAT } from './words.ts'

/** The house's limit. */
const TEXT_BYTES = 8_000
const DRAFT = `relais.draft${HERE}`

const kept = (): string => {
  try {
    return sessionStorage.getItem(DRAFT) ?? ''
  } catch {
    return ''
  }
}
const keep = (text: string): void => {
  try {
    sessionStorage.setItem(DRAFT, text)
  } catch {
    // Then it is lost with the page.
  }
}

type ComposerProps = {
  readonly files: Start['files']
  readonly say: (text: string) => Promise<void>
  readonly send: (file: File) => Promise<void>
}

export const Composer = ({ files, say, send }: ComposerProps) => {
  const words = useWords(CHAT)
  const language = useLanguage()
  const [text, setText] = useState(kept)
  const [refused, setRefused] = useState<readonly string[]>([])
  const [over, setOver] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const pick = useRef<HTMLInputElement>(null)

  const write = (next: string): void => {
    setText(next)
    keep(next)
  }
  const submit = (): void => {
    const said = text.trim()
    if (said === '') return
    if (new TextEncoder().encode(said).length > TEXT_BYTES) {
      setRefused([words.tooLong])
      return
    }
    setRefused([])
    write('')
    void say(said)
    field.current?.focus()
  }
  const faultOf = (file: File): string | null => {
    const name = visible(file.name)
    if (files === null) return words.wrongType(name)
    if (file.size === 0) return words.emptyFile(name)
    if (file.size > files.bytes) return words.tooLarge(name, sizeOf(file.size, language), sizeOf(files.bytes, language))
    // What it is, the house looks at itself; a type the browser cannot name is left to it.
    return file.type === '' || files.types.includes(file.type) ? null : words.wrongType(name)
  }
  const take = (list: Iterable<File>): void => {
    const given = [...list]
    setRefused(given.flatMap((file) => faultOf(file) ?? []))
    for (const file of given) if (faultOf(file) === null) void send(file)
  }
  const latest = useRef(take)
  latest.current = take

  useEffect(() => {
    if (files === null) return
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const enter = (event: DragEvent) => {
      if (!carries(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!carries(event)) return
      event.preventDefault()
      setOver(false)
      latest.current(event.dataTransfer?.files ?? [])
    }
    const acts = [
      ['dragenter', enter],
      ['dragover', enter],
      ['dragleave', leave],
      ['drop', drop],
    ] as const
    for (const [name, act] of acts) document.addEventListener(name, act)
    return () => {
      for (const [name, act] of acts) document.removeEventListener(name, act)
    }
  }, [files])

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {refused.map((why) => (
        <p key={why} class="notice cut" role="alert">
          <Icon name="cut" />
          <span>{why}</span>
        </p>
      ))}
      {over && <p class="drop-here">{words.drop}</p>}
      <div class="write">
        {files && (
          <>
            <button
              type="button"
              class="button plain icon"
              aria-label={words.attach}
              title={words.attach}
              onClick={() => pick.current?.click()}
            >
              <Icon name="add" />
            </button>
            <input
              ref={pick}
              type="file"
              hidden
              multiple
              accept={files.types.join(',')}
              onChange={({ currentTarget }) => {
                take(currentTarget.files ?? [])
                currentTarget.value = ''
              }}
            />
          </>
        )}
        <textarea
          ref={field}
          class="field"
          rows={1}
          value={text}
          placeholder={words.message}
          aria-label={words.message}
          enterkeyhint="send"
          onInput={({ currentTarget }) => write(currentTarget.value)}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])]
            if (pasted.length === 0) return
            event.preventDefault()
            take(pasted)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            submit()
          }}
        />
        <button type="submit" class="button main icon" aria-label={words.send} title={words.send} disabled={text.trim() === ''}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  )
}
