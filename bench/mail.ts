/** A mailbox full of answers, read from the first to the last: fetched by IMAP, parsed, made durable, and put into their threads. */

import { systemClock } from '../simulators/clocks.ts'
import { startMailProvider } from '../simulators/email/index.ts'
import { toolsWith } from '../src/channels/contract/tools.ts'
import { email } from '../src/channels/email/index.ts'
import type { ChannelId, Digest, Ids } from '../src/core/ids.ts'
import { createIds } from '../src/core/ids.ts'
import { silentLog } from '../src/core/ports.ts'
import { createMeters } from '../src/http/meters.ts'
import { decide } from '../src/relay/decide/index.ts'
import { createIntake } from '../src/relay/intake.ts'
import { openStore } from '../src/store/postgres/index.ts'
import { house } from '../tests/support/deciding.ts'
import { openBench } from './server.ts'

const CHANNEL = 'mail' as ChannelId
const ADDRESS = 'service@relais.test'

const write = (n: number, person: number): string => `From: Client ${person} <client${person}@clients.test>
To: <${ADDRESS}>
Subject: Re: Votre dossier ${person}
Message-ID: <mail-${n}@clients.test>
References: <att_01900000-0000-7000-8000-${String(person).padStart(12, '0')}@relais.test>
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Question ${n} sur le dossier ${person}, merci d=E2=80=99avance.

Le dim. 22 nov. 2026 à 09:58, Voyages <${ADDRESS}> a écrit :

${'> Votre dossier est pr=C3=AAt, il vous attend.\n'.repeat(20)}
--b
Content-Type: text/html; charset=utf-8

<p>Question ${n} sur le dossier ${person}.</p>${'<p>Votre dossier est pr&ecirc;t.</p>'.repeat(50)}
--b--
`

export type MailFigures = { readonly seconds: number; readonly mails: number; readonly threads: number; readonly lost: number }

/** `mails` of a tenth as many people. */
export const measureMail = async ({ mails = 10_000 } = {}): Promise<MailFigures> => {
  const people = mails / 10
  const bench = await openBench()
  const { connection, drop } = await bench.database()
  const provider = await startMailProvider({ address: ADDRESS, clock: systemClock })
  const ids: Ids = createIds(Date.now, Math.random)
  const store = await openStore(connection, { worker: 'bench', ids, at: Date.now(), log: silentLog })
  try {
    await store.register(
      { channels: [{ id: CHANNEL, kind: 'email' }], rulebook: { digest: 'r' as Digest, content: {} }, journeys: [] },
      Date.now(),
    )
    for (let n = 0; n < mails; n++) provider.mailboxes.put(ADDRESS, 'INBOX', write(n, n % people), Date.now())
    const { smtpPort, imapPort, password } = provider
    const open = email.open(
      email.config.parse({ address: ADDRESS, smtpHost: '127.0.0.1', smtpPort, imapHost: '127.0.0.1', imapPort, user: ADDRESS, password }),
      toolsWith({ now: Date.now }),
    )
    const intake = createIntake({
      store,
      now: Date.now,
      metrics: createMeters(
        () => [],
        () => false,
      ).metrics,
      onArrival: () => {},
    })
    const world = await house
    const turns = async () => {
      for (;;) {
        const at = Date.now()
        const { events } = await store.turn({ at, limit: 200 }, (loaded, channels) => decide(loaded, { ...world, at, ids, channels }))
        if (events === 0) return
      }
    }
    const began = performance.now()
    const stop = new AbortController()
    let taken = 0
    // Beside the listening, as in the house.
    let deciding = Promise.resolve()
    await open.listen(
      '{"INBOX":["1",0,0]}',
      async ({ events, place }) => {
        await intake.submit(CHANNEL, events)
        await store.keepPlace(CHANNEL, place)
        deciding = deciding.then(turns)
        taken += events.length
        if (taken >= mails) stop.abort()
      },
      stop.signal,
    )
    await deciding
    const seconds = (performance.now() - began) / 1000
    const count = async (sql: string) =>
      (await connection.query<{ count: number }>(`select count(*)::int as count from ${sql}`))[0]?.count ?? 0
    const kept = await count("message where direction = 'in'")
    return { seconds, mails: kept, threads: await count('conversation'), lost: mails - kept }
  } finally {
    await store.leave()
    await provider.close()
    await drop()
    await bench.close()
  }
}
