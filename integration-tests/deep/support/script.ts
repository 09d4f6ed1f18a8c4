import fc from "fast-check"
import { proxyFaults } from "./fault-proxy"

/** Something that happens in the shop. A number chooses among what there is at that time, counted round and round. */
export type Action =
  | { do: "check out"; gateway: number }
  | { do: "change the cart"; cart: number }
  | { do: "pay"; link: number }
  | { do: "come back"; cart: number }
  | { do: "deliver"; letter: number; copies: number }
  | { do: "lose"; letter: number }
  | { do: "refund"; cart: number; fault: number }
  | { do: "jobs" }
  /** A server gets messages and shoppers, and is killed in the middle of them. */
  | { do: "kill"; afterMs: number; letters: number; cart: number }

const chance = fc.nat(10_000)

const ordinary: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("check out"), gateway: chance }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("change the cart"), cart: chance }) },
  { weight: 9, arbitrary: fc.record({ do: fc.constant("pay"), link: chance }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("come back"), cart: chance }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("deliver"),
      letter: chance,
      copies: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("lose"), letter: chance }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("refund"),
      cart: chance,
      // The last number stands for no fault.
      fault: fc.nat(proxyFaults.length),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("jobs") }) }
)

const kill: fc.Arbitrary<Action> = fc.record({
  do: fc.constant("kill"),
  afterMs: fc.integer({ min: 0, max: 1_500 }),
  letters: fc.integer({ min: 1, max: 4 }),
  cart: chance,
})

/** So many parts of so many actions, and between two parts a server is killed. */
export function scripts(parts: number, actionsPerPart: number): fc.Arbitrary<Action[]> {
  const part = fc.array(ordinary, { minLength: actionsPerPart, maxLength: actionsPerPart })
  const killed = fc.tuple(kill, part).map(([first, then]) => [first, ...then])
  const rest = fc.array(killed, { minLength: parts - 1, maxLength: parts - 1 })
  return fc.tuple(part, rest).map(([first, others]) => [...first, ...others.flat()])
}
