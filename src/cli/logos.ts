/** The logo of each page of the house: a file of the workspace, read once at the start. */
import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, join, relative, resolve } from 'node:path'
import { sha256 } from '../core/digest.ts'
import type { ChannelId } from '../core/ids.ts'
import type { Log } from '../core/ports.ts'
import type { Workspace } from '../core/workspace.ts'
import { type Page, typeOf } from '../http/pages.ts'

const DRAWN = new Set(['.svg', '.png', '.webp'])
/** A page for slow phones has no room for more. */
const LARGEST = 100_000

const readLogo = async (folder: string, file: string): Promise<Page | null> => {
  const inside = relative(resolve(folder), resolve(folder, file))
  const type = DRAWN.has(extname(file)) ? typeOf(file) : undefined
  if (inside.startsWith('..') || isAbsolute(inside) || !type) return null
  const bytes = await readFile(join(folder, inside)).catch(() => null)
  if (!bytes || bytes.length > LARGEST) return null
  return { body: new Uint8Array(bytes), type, etag: `"${sha256(bytes).slice(0, 22)}"`, lasting: false }
}

/** Those that can be shown; of the others the log says so, and the page shows its mark. */
export const readLogos = async (
  { folder, channels }: Pick<Workspace, 'folder' | 'channels'>,
  log: Log,
): Promise<ReadonlyMap<ChannelId, Page>> => {
  const logos = new Map<ChannelId, Page>()
  for (const { id, chat } of channels) {
    if (!chat?.look.logo) continue
    const logo = await readLogo(folder, chat.look.logo)
    if (logo) logos.set(id, logo)
    else log.warn('chat.no-logo', { channel: id, file: chat.look.logo, most: LARGEST })
  }
  return logos
}
