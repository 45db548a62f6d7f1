/** @jsxImportSource preact */
/** A button that opens a few more, above everything else on the page; Escape or a click beside it shuts it. */
import type { ComponentChildren } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'

type MenuProps = {
  readonly class?: string
  readonly label: ComponentChildren
  /** What a screen reader says in its place. */
  readonly name?: string
  readonly disabled?: boolean
  /** `shut` after an act. */
  readonly children: (shut: () => void) => ComponentChildren
}

/** What is no popover shuts by the same key. */
export const onEscape = (shut: () => void) => (event: KeyboardEvent) => {
  if (event.key === 'Escape') shut()
}

const GAP = 4

export const Menu = ({ class: look = 'button', label, name, disabled = false, children }: MenuProps) => {
  const id = useId()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const place = (): void => {
    const [from, box] = [button.current?.getBoundingClientRect(), panel.current]
    if (!from || !box) return
    box.style.top = `${from.bottom + GAP}px`
    box.style.left = `${Math.max(GAP, Math.min(from.left, innerWidth - box.offsetWidth - GAP))}px`
  }
  return (
    <>
      <button ref={button} type="button" class={look} disabled={disabled} popovertarget={id} aria-expanded={open} aria-label={name}>
        {label}
      </button>
      <div
        ref={panel}
        id={id}
        class="menu"
        popover="auto"
        onToggle={(event) => {
          setOpen(event.newState === 'open')
          if (event.newState === 'open') place()
        }}
      >
        {children(() => panel.current?.hidePopover())}
      </div>
    </>
  )
}
