import { expect, it } from 'vitest'
import { performersWith } from '../../tests/support/performing.ts'
import { asId, type JobId } from '../core/ids.ts'

/** A business system whose every answer is `answer`, and the question put to it. */
const ask = (answer: Response) => {
  const { call } = performersWith({ workspace: { callHosts: ['orders.example.fr'] }, fetch: async () => answer })
  const request = { call: 'order', method: 'GET', url: 'https://orders.example.fr/1', body: null, run: 1, asked: null } as const
  return call({ ...request, id: asId<JobId>('job_1') }, new AbortController().signal)
}

/** A body without end, and how it went. */
const endless = () => {
  const seen = { bytes: 0, left: false }
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      seen.bytes += 65_536
      if (seen.bytes > 4 * 1024 * 1024) controller.close()
      else controller.enqueue(new Uint8Array(65_536).fill(32))
    },
    cancel: () => {
      seen.left = true
    },
  })
  return { seen, body }
}

it('takes the JSON of a business system', async () => {
  expect(await ask(Response.json({ status: 'expédié' }))).toEqual({ ok: true, value: { status: 'expédié' } })
  expect(await ask(new Response('<html>'))).toEqual({ ok: false, value: null })
})

it('reads no further of an answer that is too long', async () => {
  const { seen, body } = endless()
  expect(await ask(new Response(body))).toEqual({ ok: false, value: null })
  expect(seen).toMatchObject({ left: true })
  expect(seen.bytes).toBeLessThan(1024 * 1024)
})

it.each([404, 500])('leaves the body of a %s alone', async (status) => {
  const { seen, body } = endless()
  await ask(new Response(body, { status })).catch(() => {})
  expect(seen.left).toBe(true)
})
