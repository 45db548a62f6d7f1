/** @jsxImportSource preact */
/** The file of a message: a picture is seen at once, anything else is a link to save it. */
import { useState } from 'preact/hooks'
import type { Content } from '../../src/core/content.ts'
import { fileOf } from '../shared/api.ts'
import { sizeOf } from '../shared/format.ts'
import { useLanguage, useWords } from '../shared/language.tsx'
import { Icon } from '../shared/mark.tsx'
import { SHARED } from '../shared/words.ts'
import { DESK } from './words.ts'

type FileProps = { readonly message: string; readonly content: Extract<Content, { type: 'media' }> }

export const File = ({ message, content: { kind, media, caption } }: FileProps) => {
  const words = useWords(DESK)
  const shared = useWords(SHARED)
  const language = useLanguage()
  // Some types of picture no browser draws.
  const [drawn, setDrawn] = useState(true)
  const name = media.filename || shared.what[kind]
  const told = [name, media.bytes === undefined ? '' : sizeOf(media.bytes, language)].filter(Boolean).join(' · ')
  const picture = (kind === 'image' || kind === 'sticker') && media.mime.startsWith('image/') && drawn
  const address = fileOf(message)
  return (
    <>
      {media.digest === undefined ? (
        <p class="text shaped">
          <Icon name={kind === 'image' ? 'picture' : 'file'} />
          <span>
            {name} <span class="small quiet">({words.noFile})</span>
          </span>
        </p>
      ) : picture ? (
        <a class="picture" href={address} target="_blank" rel="noreferrer">
          <img src={address} alt={words.pictureAlt(media.filename ?? '')} onError={() => setDrawn(false)} />
          <span class="hidden">{shared.newTab}</span>
        </a>
      ) : (
        <a class="text shaped" href={address} download={media.filename ?? ''}>
          <Icon name="file" />
          <span>
            <span class="hidden">{words.save} </span>
            {told}
          </span>
        </a>
      )}
      {caption && <p class="text">{caption}</p>}
    </>
  )
}
