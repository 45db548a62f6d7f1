/** One-letter shortcuts by the letter typed, so that AZERTY and QWERTY agree. They can be switched off (WCAG 2.1.4). */
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.matches('input:not([type=radio]):not([type=checkbox]), textarea, select') || target.isContentEditable)

/** `wide`: they hold on the whole page, else only while the focus is inside `root`. Escape works in fields too, and when switched off. */
export const useKeys = (
  root: RefObject<HTMLElement | null>,
  { wide, on }: { readonly wide: boolean; readonly on: boolean },
  acts: Readonly<Record<string, () => void>>,
): void => {
  const latest = useRef(acts)
  latest.current = acts
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      const inside = event.target instanceof Node && root.current?.contains(event.target)
      if (!inside && !(wide && event.target === document.body)) return
      if (document.querySelector('dialog[open]')) return
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
      const act = latest.current[key]
      if (!act || (key !== 'Escape' && (!on || isWriting(event.target)))) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [root, wide, on])
}
