/** How calls go: as was planned for the next ones, else as all do. */
export interface Plan<Behaviour> {
  /** The next `n` calls go like this. */
  next(n: number, behaviour: Behaviour): void
  /** Every call without a plan goes like this; the usual way heals it. */
  always(behaviour: Behaviour): void
}

export function createPlan<Behaviour>(usual: Behaviour) {
  let planned: Behaviour[] = []
  let standing = usual
  const plan: Plan<Behaviour> = {
    next: (n, behaviour) => void planned.push(...Array.from({ length: n }, () => behaviour)),
    always: (behaviour) => {
      standing = behaviour
    },
  }
  return {
    plan,
    take: (): Behaviour => planned.shift() ?? standing,
    reset() {
      planned = []
      standing = usual
    },
  }
}
