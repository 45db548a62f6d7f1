/** `/healthz`, `/readyz`, `/metrics`: what a supervisor, a load balancer and Prometheus ask. */
import type { Hono } from 'hono'
import type { Rooms } from './rooms.ts'

export const addHealth = (app: Hono, rooms: Rooms): void => {
  const { reading, clock, meters, log } = rooms
  app.get('/healthz', () => Response.json({ status: 'ok', version: rooms.version }, { headers: { 'cache-control': 'no-store' } }))

  app.get('/readyz', async () => {
    const { migrated, dispatch } = rooms.readiness()
    const store = await reading.ping().then(
      () => true,
      () => false,
    )
    const ready = store && migrated && dispatch !== 'starting'
    return Response.json({ ready, store, migrated, dispatch }, { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } })
  })

  app.get('/metrics', async () => {
    const gauges = await reading.gauges(clock.now()).catch(() => {
      log.warn('metrics.store-silent')
      return null
    })
    return new Response(await meters.render(gauges), { headers: { 'content-type': meters.contentType, 'cache-control': 'no-store' } })
  })
}
