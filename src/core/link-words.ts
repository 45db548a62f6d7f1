/** Words of the way back: short, common, without accents, far from each other in sound and writing, and from what customers ask about. */
import type { Language } from './language.ts'

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** 64 each: with two digits, one of 409,600. A word lives a quarter of an hour and is tried by messages alone. */
export const CROSSING_WORDS: Readonly<Record<Language, readonly string[]>> = {
  fr: words(`
    abricot ardoise aurore balcon bambou biche bonnet bouleau brume cabane calcul canard cerise chardon cigale citron
    colline coquille corail crayon dauphin dune ecureuil falaise fanfare ficelle flocon fougere galet girafe grenier griffe
    hameau hibou jardin jonquille lagune lanterne lavande lucarne mandarine marmite merle moulin muguet noisette olivier orage
    ourson palmier panier papillon pinceau plume pommier prairie renard ruche sapin savane sentier tambour tulipe verger`),
  en: words(`
    acorn amber anchor apple badger banjo barley basket beacon birch bramble brook candle canyon cedar cherry
    clover cobalt copper coral cotton cricket daisy dolphin ember falcon feather fern fiddle forest garden ginger
    granite harbor hazel heron ivory jasmine kettle lagoon lantern lemon lilac maple marble meadow mitten nutmeg
    olive orchid otter pebble pepper pigeon planet poppy puffin quartz ribbon robin saddle silver thistle walnut`),
}
