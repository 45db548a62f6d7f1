/** A platform or vendor is named in its connector's folder only: the rest reads what a channel can do from its table. */
import { describe, expect, it } from 'vitest'
import { isTest, readSources, type Source } from './source.ts'

const VENDOR =
  /whats_?app|wamid|bsuid|\bwaba\b|\bMeta\b|facebook|instagram|messenger|telegram|twilio|open_?ai|mistral|anthropic|gemini|copilot|ollama/i
// Only the company: `.meta()` and `import.meta` are other things.
const isVendor = (word: string): boolean => !/^meta$/i.test(word) || word === 'Meta'

/** Where a name is data that customers or operators see, or where rooms are plugged together. */
const ALLOWED: Readonly<Record<string, string>> = {
  'src/channels/index.ts': 'the one line that registers a connector',
  'src/engines/index.ts': 'the one line that registers an engine',
  'src/core/address.ts': 'the name spaces of addresses, stored with every contact',
  'src/core/opt-out.ts': 'what customers write to stop messages',
  'src/knowledge/thesaurus/fr.ts': 'what customers call a chat',
  'src/knowledge/thesaurus/en.ts': 'what customers call a chat',
  'src/http/api/writing.ts': 'an example on the page of the API',
  'src/cli/demo.ts': 'plugs the imitation providers together',
  'src/cli/story/platform.ts': 'the demo’s story is about one platform’s rule',
}

const vendorsIn = ({ path, text }: Source): readonly string[] =>
  text.split('\n').flatMap((line, index) => {
    const words = [...line.matchAll(new RegExp(VENDOR, 'gi'))].map(([word]) => word).filter(isVendor)
    return words.length > 0 ? [`${path}:${index + 1}: ${words.join(', ')}`] : []
  })

const isConnector = (path: string): boolean => /^src\/(?:channels|engines)\/[^/]+\//.test(path)

it('no vendor is named outside its connector', () => {
  const sources = readSources('src', ['.ts', '.sql']).filter(
    (source) => !isTest(source) && !isConnector(source.path) && !(source.path in ALLOWED),
  )
  expect(sources.flatMap(vendorsIn)).toEqual([])
})

it('every exception is still one', () => {
  const named = readSources('src').filter((source) => vendorsIn(source).length > 0)
  expect(Object.keys(ALLOWED).filter((path) => !named.some((source) => source.path === path))).toEqual([])
})

describe('the check', () => {
  const planted = (text: string) => vendorsIn({ path: 'src/relay/turns.ts', text })

  it('catches a name in code, text and comment', () => {
    expect(planted("if (channel.kind === 'whatsapp') wait()")).toEqual(['src/relay/turns.ts:1: whatsapp'])
    expect(planted('const readWhatsAppId = 1')).toHaveLength(1)
    expect(planted('\n// Meta asks for this')).toEqual(['src/relay/turns.ts:2: Meta'])
    expect(planted('openAI(); Mistral()')).toEqual(['src/relay/turns.ts:1: openAI, Mistral'])
  })

  it('takes no other word for one', () => {
    expect(planted("import.meta.dirname; z.string().meta({}); '<meta charset>'; metadata")).toEqual([])
  })
})
