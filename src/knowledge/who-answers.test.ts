import { describe, expect, it } from 'vitest'
import { asksWhoAnswers } from './who-answers.ts'

const FRENCH = [
  'T’es un robot ?',
  'tu es une IA',
  'Bonjour, êtes-vous une IA ?',
  'vous êtes humain ?',
  'Vous êtes une vraie personne ou un robot ?',
  'est-ce que vous êtes un chatbot svp',
  'c’est un robot qui me répond ?',
  'je parle à un humain ?',
  'Est-ce que je parle à une vraie personne ?',
  'humain ou robot ?',
  'qui es-tu ?',
  'Qui êtes-vous exactement ?',
  'vous êtes qui',
  'à qui ai-je affaire ?',
]
const ENGLISH = [
  'are you a robot?',
  'Are you a bot',
  'hi, are you an AI?',
  'are you human?',
  'r u a real person',
  'Am I talking to a person?',
  'am I speaking with a real human or a machine?',
  'is this a bot?',
  'bot or human?',
  'Who are you?',
  'who am I talking to?',
]
/** A wish for a person, or something else that such words stand in. */
const OTHERS = [
  'je veux parler à un humain',
  'I want to talk to a person',
  'puis-je parler à un humain ?',
  't’es un robot non ? je veux pas de robot',
  'are you a real person? if not get me one',
  'le robot de la piscine est-il fourni ?',
  'is the robot museum in Tokyo included',
  'c’est une machine ?',
  'c’est une personne',
  'is it a person?',
  'vous êtes une agence ?',
  'êtes-vous ouverts le samedi ?',
  'are you open on Saturday?',
  'qui est le guide ?',
  'who are you flying with?',
  'qui êtes-vous pour me demander cela ?',
  'conseiller',
  '👍',
  '',
]

describe('who asks whether a machine answers', () => {
  it.each(FRENCH)('is heard in French: %s', (text) => expect(asksWhoAnswers(text)).toBe('fr'))
  it.each(ENGLISH)('is heard in English: %s', (text) => expect(asksWhoAnswers(text)).toBe('en'))
  it.each(OTHERS)('is not: %s', (text) => expect(asksWhoAnswers(text)).toBeNull())
})
