/** What is wrong with the YAML of a file, in our words: of a workspace's files and of rules alike. */
import type { YAMLError } from 'yaml'
import type { Words } from './language.ts'

/** The parser's own sentences quote the file, where a secret may stand: ours only name what is wrong. */
export const yamlFaultOf = (code: YAMLError['code']): Words => {
  switch (code) {
    case 'TAB_AS_INDENT':
      return { fr: 'une tabulation en début de ligne', en: 'a tab at the start of a line' }
    case 'BAD_INDENT':
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'BLOCK_IN_FLOW':
      return {
        fr: 'le retrait ou la forme de cette ligne ne va pas avec ce qui précède',
        en: 'this line’s indent or form does not fit what is above',
      }
    case 'MISSING_CHAR':
      return { fr: 'un guillemet, une virgule, une accolade ou « : » manque', en: 'a quote, comma, bracket or “:” is missing' }
    case 'BAD_ALIAS':
      return { fr: 'cette référence (*) ne mène à rien', en: 'this reference (*) leads nowhere' }
    case 'DUPLICATE_KEY':
      return { fr: 'ce nom est déjà donné plus haut', en: 'this name is given above already' }
    case 'MULTIPLE_DOCS':
      return { fr: 'un seul document par fichier (pas de « --- »)', en: 'one document a file (no “---”)' }
    case 'TAG_RESOLVE_FAILED':
      return { fr: 'les marques « ! » ne sont pas permises', en: '“!” tags are not allowed' }
    default:
      return { fr: 'un signe est inattendu ici', en: 'something is unexpected here' }
  }
}

/** So many that what they stand for would fill the memory. */
export const TOO_MANY_ALIASES: Words = { fr: 'trop de références (*)', en: 'too many references (*)' }
