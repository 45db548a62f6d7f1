import { liveThrough } from './live.ts'

liveThrough(151, 300)
