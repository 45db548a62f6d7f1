import { describe, expect, it } from 'vitest'
import { isOptOut } from './opt-out.ts'

describe('STOP is understood', () => {
  it.each([
    'STOP',
    'stop',
    ' Stop. ',
    'STOP!!!',
    'ARRÊT',
    'arret',
    'Arrêter',
    'UNSUBSCRIBE',
    'Désabonner',
    'désinscription',
    'opt-out',
    'Opt out please',
    'STOP SVP',
    'Stop, merci',
    'stop pub',
    'Baja',
    'ABMELDEN',
    'Stopp',
    'uitschrijven',
    'Dur',
    'СТОП',
    'στοπ',
    'توقف',
    'إلغاء الاشتراك',
    '退订',
    '配信停止',
    '수신거부',
    '« STOP »',
    'STOP stop stop',
  ])('as the whole message: %s', (text) => {
    expect(isOptOut(text)).toBe(true)
  })

  it.each([
    '',
    '!!!',
    'Non',
    'Annuler',
    'Cancel',
    'Stop à Madrid pendant le vol ?',
    'Is there a stop in Dubai?',
    'Où est l’arrêt de bus ?',
    'Je veux arrêter mon dossier',
    'don’t stop',
    'Le bus fait-il un arrêt ?',
    'Please stop by the agency',
    'merci',
  ])('but not inside or instead of another message: %s', (text) => {
    expect(isOptOut(text)).toBe(false)
  })
})
