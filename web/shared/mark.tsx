/** @jsxImportSource preact */
/** The mark, and the few shapes that stand beside words. All are decoration: the word says it. */
import type { ComponentChildren } from 'preact'

const shape = { fill: 'none', stroke: 'currentColor', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' } as const

/** Two dots joined by an arc. */
export const Mark = ({ size = 24 }: { readonly size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
    <circle cx="7" cy="22" r="4.5" fill="currentColor" />
    <circle cx="25" cy="22" r="4.5" fill="currentColor" />
    <path d="M8.5 13.5C11 7.5 21 7.5 23.5 13.5" {...shape} stroke-width="3" />
  </svg>
)

/** The same arc, drawn wide: a conversation passes from one to another. */
export const Arc = () => (
  <svg class="arc" width="44" height="16" viewBox="0 0 44 16" aria-hidden="true">
    <circle cx="4" cy="12" r="3" fill="currentColor" />
    <circle cx="40" cy="12" r="3" fill="currentColor" />
    <path d="M6 7C12 1 32 1 38 7" {...shape} stroke-width="1.75" />
  </svg>
)

const icon = (path: ComponentChildren, width = 1.75) => (
  <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" {...shape} stroke-width={width}>
    {path}
  </svg>
)

const ICONS = {
  flows: () => icon(<path d="M3 8.5 6.5 12 13 4.5" />, 2),
  waits: () =>
    icon(
      <>
        <circle cx="8" cy="8" r="6" />
        <path d="M8 4.8V8l2.2 1.5" />
      </>,
    ),
  cut: () =>
    icon(
      <>
        <circle cx="8" cy="8" r="6" />
        <path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" />
      </>,
    ),
  unknown: () =>
    icon(
      <>
        <circle cx="8" cy="8" r="6" stroke-dasharray="2.5 2.2" />
        <path d="M8 5v3.2M8 10.8v.1" />
      </>,
    ),
  hand: () => icon(<path d="M2.5 11.5c1.5-6 9.5-6 11 0M2.5 11.5h.01M13.5 11.5h.01" />, 2),
  changed: () => icon(<path d="M2.5 11 9.8 3.7l2.5 2.5L5 13.5H2.5zM8 5.5 10.5 8" />),
  back: () => icon(<path d="M10 3 5 8l5 5" />, 2),
  close: () => icon(<path d="m4 4 8 8m0-8-8 8" />, 2),
  send: () => icon(<path d="M2.5 8h10M8.5 3.5 13 8l-4.5 4.5" />, 2),
  picture: () =>
    icon(
      <>
        <rect x="2" y="3" width="12" height="10" rx="2" />
        <path d="m3 12 3.5-4L9 10.5 11 8.5l2.5 2.8M10.8 6h.01" />
      </>,
    ),
  file: () => icon(<path d="M4 2h5l3 3v9H4zM9 2v3h3" />),
  place: () =>
    icon(
      <>
        <path d="M8 14c3-3.3 4.5-5.5 4.5-7.3a4.5 4.5 0 0 0-9 0C3.5 8.5 5 10.7 8 14Z" />
        <circle cx="8" cy="6.7" r="1.4" />
      </>,
    ),
  list: () => icon(<path d="M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01" />),
  person: () =>
    icon(
      <>
        <circle cx="8" cy="5.5" r="2.7" />
        <path d="M2.8 13.5c.7-2.8 2.7-4 5.2-4s4.5 1.2 5.2 4" />
      </>,
    ),
  source: () => icon(<path d="M6.5 3.5H3v9.5h9.5V9.5M9 2.5h4.5V7M13 3 7.5 8.5" />),
  down: () => icon(<path d="m4 6 4 4 4-4" />, 2),
  smile: () =>
    icon(
      <>
        <circle cx="8" cy="8" r="6" />
        <path d="M5.5 9.5c1.2 1.8 3.8 1.8 5 0M6 6.3h.01M10 6.3h.01" />
      </>,
    ),
  text: () => icon(<path d="M3 3h10v7.5H7L4 13v-2.5H3zM5.5 6h5M5.5 8h3" />),
  mail: () => icon(<path d="M2 4h12v8.5H2zM2.5 4.5 8 9l5.5-4.5" />),
  add: () => icon(<path d="M8 3v10M3 8h10" />, 2),
} as const
export type IconName = keyof typeof ICONS

export const Icon = ({ name }: { readonly name: IconName }) => ICONS[name]()
