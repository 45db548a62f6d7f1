import { describe, expect, it } from 'vitest'
import { isOptOut, withdrawalIn } from './opt-out.ts'

describe('STOP is understood', () => {
  it.each([
    'STOP',
    'stop',
    ' Stop. ',
    'STOP!!!',
    'ARRÊT',
    'STOPSMS',
    'ARRETE',
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

describe('who wants to be written to no more on a channel they name', () => {
  it.each([
    ['Ne plus m’écrire par e-mail', 'email'],
    ['ne m’écrivez plus par mail svp', 'email'],
    ['plus de mails', 'email'],
    ['Stop e-mail', 'email'],
    ['Ne m’envoyez plus de courriels.', 'email'],
    ['No more e-mails please', 'email'],
    ['stop emailing me', 'email'],
    ['unsubscribe me from your emails', 'email'],
    ['Ne plus recevoir de SMS', 'sms'],
    ['stop sms', 'sms'],
    ['plus de textos', 'sms'],
    ['No more texts', 'sms'],
    ["don't text me", 'sms'],
  ] as const)('is understood: %s', (text, kind) => expect(withdrawalIn(text)).toBe(kind))

  it.each([
    'stop',
    'envoyez-moi un e-mail',
    'plus d’informations par e-mail',
    'mon e-mail',
    'je n’ai pas reçu de mail',
    'arrêtez le train',
    'je ne reçois plus vos e-mails, pourquoi ?',
    'sms',
    '',
  ])('is not: %s', (text) => expect(withdrawalIn(text)).toBeNull())
})
