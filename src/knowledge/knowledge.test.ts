import { describe, expect, it } from 'vitest'
import { readDocuments } from './documents.ts'
import { indexPassages } from './indexing.ts'
import { detectLanguage } from './language.ts'
import { createMemorySource } from './memory.ts'
import { askedWords, readTerms } from './question.ts'
import { searchPassages } from './search.ts'

const file = (name: string, text: string) => ({ file: `knowledge/${name}`, source: new TextEncoder().encode(text) })
const words = (count: number, word = 'mot') => Array.from({ length: count }, (_, at) => `${word}${at}`).join(' ')

describe('files become passages', () => {
  it('takes title, language, address and further words from the front matter', () => {
    const { passages } = readDocuments(
      [
        file(
          'fr/a.md',
          '---\ntitle: Bagages\nlang: fr\nurl: https://a.example/b\nwords: [valoche]\n---\n## Soute\nUne **valise** de 20 kg.',
        ),
      ],
      'en',
    )
    expect(passages).toEqual([
      {
        id: 'fr/a#1',
        document: 'fr/a',
        title: 'Bagages',
        text: 'Une valise de 20 kg.',
        language: 'fr',
        also: 'Soute\nvaloche',
        position: 0,
        url: 'https://a.example/b',
      },
    ])
  })

  it('takes the language from the folder, else from the text, else from the workspace', () => {
    const language = (name: string, text: string) => readDocuments([file(name, text)], 'xx').passages[0]?.language
    expect(language('en/a.txt', 'Bonjour à tous les clients')).toBe('en')
    expect(language('a.txt', 'Vous pouvez annuler votre voyage avant le départ.')).toBe('fr')
    expect(language('a.txt', 'You can cancel your trip before the departure.')).toBe('en')
    expect(language('a.txt', '1234')).toBe('xx')
  })

  it('cuts long sections at paragraphs, joins short neighbours, and loses no word', () => {
    const source = `# Titre\n\n${words(70, 'a')}\n\n${words(80, 'b')}\n\n## Court\n\n${words(10, 'c')}\n\n## Aussi\n\n${words(15, 'd')}`
    const { passages } = readDocuments([file('x.md', source)], 'fr')
    expect(passages.map((passage) => passage.title)).toEqual(['Titre', 'Titre'])
    expect(passages[1]?.text).toContain('Court\u00a0:\nc0')
    const all = passages.map((passage) => passage.text).join(' ')
    for (const word of ['a69', 'b79', 'c9', 'd14']) expect(all).toContain(word)
  })

  it('reads a page without its menus, scripts and marks', () => {
    const page =
      '<html><head><title>Visa &amp; passeport</title><script>evil()</script></head><body><nav>Accueil</nav><h2>D&eacute;lai</h2><p>Le visa prend <b>10 jours</b>.</p><ul><li>un</li><li>deux</li></ul></body></html>'
    const { passages } = readDocuments([file('fr/v.html', page)], 'fr')
    expect(passages[0]).toMatchObject({ title: 'Visa & passeport', also: 'Délai' })
    expect(passages[0]?.text).toMatch(/^Le visa prend 10 jours\.\n- un\s+- deux$/)
  })

  it('says what it cannot read, names the file, and reads the others', () => {
    const bad = { file: 'knowledge/c.txt', source: Uint8Array.from([0xff, 0xfe, 0x41]) }
    const { passages, notices } = readDocuments(
      [file('a.pdf', '%PDF'), file('b.docx', 'x'), bad, file('d.md', '---\ntitle: [\n---\nTexte'), file('e.md', ''), file('f.txt', 'Bon.')],
      'fr',
    )
    expect(passages).toHaveLength(1)
    expect(notices.map((notice) => notice.file)).toEqual([
      'knowledge/a.pdf',
      'knowledge/b.docx',
      'knowledge/c.txt',
      'knowledge/d.md',
      'knowledge/e.md',
    ])
    expect(notices[0]?.words.fr).toMatch(/pas encore/)
  })
})

it('tells French from English', () => {
  for (const text of ['vous etes ouverts le samedi ?', 'annulation', 'Où est mon colis'])
    expect(detectLanguage(text, 'en'), text).toBe(text === 'annulation' ? 'en' : 'fr')
  for (const text of ['are you open on saturday', 'Where is my order', 'how do I cancel?'])
    expect(detectLanguage(text, 'fr'), text).toBe('en')
})

describe('a question becomes terms', () => {
  const meant = (question: string, language: string, similar: Record<string, string[]> = {}) =>
    readTerms(question, language, new Map(Object.entries(similar))).map((term) =>
      [...term.stems].filter(([, credit]) => credit >= 0.95).map(([stem]) => stem),
    )

  it('drops small words and politeness', () => {
    expect(askedWords('Bonjour, est-ce que je peux avoir des vaccins svp ?', 'fr')).toEqual(['vaccins'])
  })
  it('corrects typing errors towards words that are known', () => {
    expect(meant('vacines', 'en', { vacines: ['vaccines', 'machines'] })).toEqual([['vaccin']])
    expect(meant('remboursemnt', 'fr')).toEqual([['rembours']])
  })
  it('leaves short and known words alone', () => {
    expect(meant('rent', 'en', { rent: ['rest', 'sent'] })).toEqual([['rent']])
    expect(meant('payer', 'fr', { payer: ['payer', 'pager'] })[0]).toContain('pai')
  })
  it('reads shorthand, articles grown together, and words spelt by ear', () => {
    expect(meant('vaxin pr lavion', 'fr')).toEqual([['vaccin'], ['avion']])
    expect(meant('wen is the seet choice', 'en')[0]).toContain('seat')
  })
  it('understands expressions', () => {
    expect(meant('can I call off my trip', 'en')[0]).toContain('cancel')
  })
})

describe('the search', () => {
  const source = createMemorySource(
    indexPassages(
      readDocuments(
        [
          file('fr/chiens.md', '---\ntitle: Voyager avec un chien\n---\nUn chien de moins de 8 kg voyage en cabine.'),
          file('fr/valises.md', '---\ntitle: Bagages et valises\n---\nUne valise de 20 kg par personne est comprise.'),
          file('fr/repas.md', '---\ntitle: Repas et régimes\n---\nLa demi-pension comprend le dîner.'),
          file('en/dogs.md', '---\ntitle: Travelling with a dog\n---\nA dog under 8 kg travels in the cabin.'),
        ],
        'fr',
      ).passages,
    ),
  )
  it('finds the passage, with accents or without, with typing errors or without, in the language asked', async () => {
    for (const question of ['mon chien en cabine ?', 'MON CHEIN EN CABINNE', 'peut-on prendre son toutou en cabine']) {
      expect((await searchPassages(source, question, 'fr'))[0]?.id, question).toBe('fr/chiens#1')
    }
    expect((await searchPassages(source, 'can my dog come', 'en'))[0]?.id).toBe('en/dogs#1')
  })
  it('gives a high score to what is asked and a low one to what is not there', async () => {
    expect((await searchPassages(source, 'combien de valises', 'fr'))[0]?.score).toBeGreaterThan(0.5)
    expect((await searchPassages(source, 'une valise diplomatique pour ambassadeur', 'fr'))[0]?.score ?? 0).toBeLessThan(0.5)
    expect(await searchPassages(source, 'où acheter des volcans', 'fr')).toEqual([])
    for (const empty of ['', '?!', 'bonjour', '\u0000\ud800', 'x'.repeat(100_000)])
      expect(await searchPassages(source, empty, 'fr')).toEqual([])
  })
})

describe('examples of what customers ask', () => {
  const entry = (name: string, title: string, asks: string[], text: string) =>
    file(`fr/${name}.md`, `---\ntitle: ${title}\nasks:\n${asks.map((ask) => `  - ${JSON.stringify(ask)}\n`).join('')}---\n${text}`)
  const { passages, asks } = readDocuments(
    [
      entry(
        'places',
        'Sièges',
        ['on peut être à côté dans l’avion ?', 'je veux le hublot', 'choisir sa rangée', 'rester ensemble pendant le vol'],
        'Le siège se choisit dès la commande, pour 15 €.',
      ),
      entry(
        'soleil',
        'Garantie soleil',
        ['il a plu tout le séjour', 'et s’il fait mauvais ?', 'de la flotte toute la semaine, un geste ?'],
        'Au-delà de 4 jours de pluie, un avoir de 150 €.',
      ),
      entry(
        'pourboires',
        'Pourboires',
        ['combien donner au guide', 'je laisse quoi au chauffeur ?', 'faut-il payer le porteur'],
        'Comptez de 3 à 5 € par jour.',
      ),
      file('fr/chiens.md', '---\ntitle: Voyager avec un chien\n---\nUn chien de moins de 8 kg voyage en cabine.'),
    ],
    'fr',
  )
  const source = createMemorySource(indexPassages(passages, asks))

  it('find an entry whose text has none of the question’s words, and cite its text', async () => {
    const [best] = await searchPassages(source, 'quelle flotte toute la semaine, un geste ?', 'fr')
    expect(best).toMatchObject({ id: 'fr/soleil#1', text: 'Au-delà de 4 jours de pluie, un avoir de 150 €.' })
    expect(best?.score).toBeGreaterThan(0.5)
  })
  it('find it by letters where the words are mistyped', async () => {
    expect((await searchPassages(source, 'je laise koi o chaufeure', 'fr'))[0]?.document).toBe('fr/pourboires')
  })
  it('leave a low score to what neither text nor example speaks of', async () => {
    for (const question of ['où garer ma voiture ?', 'le wifi est-il gratuit ?'])
      expect((await searchPassages(source, question, 'fr'))[0]?.score ?? 0, question).toBeLessThan(0.5)
  })
  it('do not hide an entry that has none', async () => {
    expect((await searchPassages(source, 'mon chien en cabine ?', 'fr'))[0]).toMatchObject({ document: 'fr/chiens' })
  })
  it('are never passages', () => {
    expect(passages.map(({ title, also, text }) => `${title} ${also} ${text}`).join(' ')).not.toMatch(/hublot|flotte|chauffeur/)
  })
})
