/** Relais' own PostgreSQL, for whoever sets no DATABASE_URL. */
export { findData } from './place.ts'
export { type Connection, type Embedded, type EmbeddedOptions, findEmbedded, startEmbedded } from './server.ts'
