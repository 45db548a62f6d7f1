/** Whether the message templates the workspace counts on can leave: what templates/ says against what the platform says. */
import type { VendorTemplate } from '../../core/channel.ts'
import type { Finding } from '../../core/ports.ts'
import type { Template } from '../../core/workspace.ts'
import { type FoundId, found } from './findings.ts'

const UNUSABLE: readonly string[] = ['rejected', 'paused', 'disabled']

/** What is wrong with one template in one language, most serious first; `detail` in any language. */
const compare = (own: Template, theirs: VendorTemplate | undefined): { readonly id: FoundId; readonly detail: string } | null => {
  if (theirs === undefined) return { id: 'template-missing', detail: '' }
  if (UNUSABLE.includes(theirs.state)) return { id: 'template-unusable', detail: theirs.state }
  if (theirs.state === 'pending') return { id: 'template-pending', detail: '' }
  if (theirs.parameters !== own.parameters.length)
    return { id: 'template-differs', detail: `${own.parameters.length} / ${theirs.parameters}` }
  if (theirs.category !== null && theirs.category !== own.category)
    return { id: 'template-category', detail: `${own.category} / ${theirs.category}` }
  return null
}

/** One finding a template and fault, its languages together. `usable`: how many of `own` may leave. */
export const examineTemplates = (
  own: readonly Template[],
  theirs: readonly VendorTemplate[],
  subject: string,
): { readonly findings: readonly Finding[]; readonly usable: number } => {
  const faults = own.flatMap((template) => {
    const { name, language } = template
    const fault = compare(
      template,
      theirs.find((one) => one.name === name && one.language === language),
    )
    return fault ? [{ ...fault, template }] : []
  })
  const groups = Map.groupBy(faults, ({ id, template, detail }) => `${template.name} ${id} ${detail}`)
  const findings = [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const languages = group.map(({ template }) => template.language).join(', ')
    const what = [`${first.template.name} ${languages}`, first.detail].filter(Boolean).join(' : ')
    return [found(first.id, subject, what, { file: first.template.file, line: 1, column: 1 })]
  })
  const usable = own.length - faults.length
  return { findings: usable === 0 && findings.length === 0 ? [found('templates-none', subject)] : findings, usable }
}
