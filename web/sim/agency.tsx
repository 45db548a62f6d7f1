/** @jsxImportSource preact */
/** What the agency's own systems send to whoever holds the phone. */
import { useState } from 'preact/hooks'
import { useWords } from '../shared/language.tsx'
import { Icon } from '../shared/mark.tsx'
import { Menu } from './menu.tsx'
import { OUTAGE } from './outage-words.ts'
import { NOTICES, office } from './phones.ts'

export const Agency = ({ who, look }: { readonly who: string | null; readonly look: () => void }) => {
  const words = useWords(OUTAGE)
  const [failed, setFailed] = useState(false)
  const send = (kind: (typeof NOTICES)[number]) => {
    if (who === null) return
    setFailed(false)
    void office
      .notice(kind, who)
      .catch(() => setFailed(true))
      .finally(look)
  }
  return (
    <>
      <Menu
        disabled={who === null}
        label={
          <>
            {words.agency} <Icon name="down" />
          </>
        }
      >
        {(shut) =>
          NOTICES.map((kind) => (
            <button
              key={kind}
              type="button"
              class="menu-row"
              onClick={() => {
                shut()
                send(kind)
              }}
            >
              <span>
                {words.notices[kind].say} <span class="small quiet">{words.notices[kind].shows}</span>
              </span>
            </button>
          ))
        }
      </Menu>
      {failed && (
        <span class="small" role="alert">
          {words.inbox.failed}
        </span>
      )}
    </>
  )
}
