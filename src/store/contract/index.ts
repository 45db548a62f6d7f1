/** What every store must do, in sentences: PostgreSQL and the model in memory run the same suite. */
import { describe } from 'vitest'
import { aboutArrivals } from './arrivals.ts'
import type { Bench } from './bench.ts'
import { aboutClaims } from './claims.ts'
import { aboutDispatch } from './dispatch.ts'
import { aboutPeople } from './people.ts'
import { aboutReach } from './reach.ts'
import { aboutReceipts } from './receipts.ts'
import { aboutSends } from './sends.ts'
import { aboutSwitches } from './switches.ts'
import { aboutTurns } from './turns.ts'
import { aboutWorkers } from './workers.ts'

/** `make` gives an empty store each time; it is closed after each test. */
export const storeContract = ({ make }: { readonly make: () => Promise<Bench> }): void => {
  describe('arrivals', () => aboutArrivals(make))
  describe('turns', () => aboutTurns(make))
  describe('dispatch', () => aboutDispatch(make))
  describe('receipts', () => aboutReceipts(make))
  describe('reach plans', () => aboutReach(make))
  describe('people', () => aboutPeople(make))
  describe('claims', () => aboutClaims(make))
  describe('switches', () => aboutSwitches(make))
  describe('sends', () => aboutSends(make))
  describe('workers', () => aboutWorkers(make))
}

export { type Bench, countedIds, type Worker } from './bench.ts'
