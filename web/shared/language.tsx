/** @jsxImportSource preact */
/** French and English: the browser's choice, or the person's. */
import { type ComponentChildren, createContext } from 'preact'
import { useContext, useEffect, useMemo, useState } from 'preact/hooks'
import type { Language } from '../../src/core/language.ts'
import { typeset } from './typography.ts'

export type { Language } from '../../src/core/language.ts'

const KEPT = 'relais.language'

const kept = (): Language | null => {
  const value = remembered(KEPT)
  return value === 'fr' || value === 'en' ? value : null
}
const ofBrowser = (): Language => {
  const wished = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'fr' || tag === 'en')
  return wished === 'fr' ? 'fr' : 'en'
}

/** What this browser was asked to remember; null where it may not keep anything. */
export const remembered = (key: string): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
export const remember = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value)
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

type Tongue = { readonly language: Language; readonly choose: (language: Language) => void }
const Spoken = createContext<Tongue>({ language: 'fr', choose: () => {} })

export const LanguageProvider = ({ children }: { readonly children: ComponentChildren }) => {
  const [language, setLanguage] = useState<Language>(() => kept() ?? ofBrowser())
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const tongue = useMemo(() => {
    const choose = (next: Language) => {
      remember(KEPT, next)
      setLanguage(next)
    }
    return { language, choose }
  }, [language])
  return <Spoken.Provider value={tongue}>{children}</Spoken.Provider>
}

export const useLanguage = (): Language => useContext(Spoken).language

/** Sentences of one part of a page, in both languages; a function where something is filled in. */
export type Phrase = string | ((...given: never[]) => string)
export type Phrases = { readonly [name: string]: Phrase | Phrases }

/** The phrases in the person's language, with that language's typography. `phrases` must be a constant. */
export const useWords = <T extends Phrases>(phrases: { readonly fr: T; readonly en: T }): T => {
  const language = useLanguage()
  return useMemo(() => typeset(phrases[language], language), [phrases, language])
}

const NAMES = { fr: 'Français', en: 'English' } as const

/** Offers the other language, by its own name. */
export const LanguageSwitch = () => {
  const { language, choose } = useContext(Spoken)
  const other = language === 'fr' ? 'en' : 'fr'
  return (
    <button type="button" class="button plain" lang={other} onClick={() => choose(other)}>
      {NAMES[other]}
    </button>
  )
}
