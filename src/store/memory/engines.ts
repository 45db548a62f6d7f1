/** What we find out about engines. */
import { healthOf } from '../../core/event.ts'
import type { EngineChange } from '../../core/store.ts'
import { emit, type Shared } from './shared.ts'

const KIND = 'engine.health-changed'

export const changeEngine = (shared: Shared, { id, engine, at, state, reason }: EngineChange): void => {
  const last = shared.engines.get(engine)?.health ?? 'closed'
  if (last === state) return
  shared.engines.set(engine, { health: state, reason })
  const data = { engine, state, health: healthOf(state), reason }
  emit(shared, { id, kind: KIND, at, received: at, data })
  if (last === 'closed' && state === 'open')
    emit(shared, { id: `${id}:alert`, kind: 'alert', at, received: at, data: { about: KIND, ...data } })
}
