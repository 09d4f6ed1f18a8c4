import type { Fault } from "../gateway-data"
import { refusalOf } from "../support/suite"
import type { Store } from "../support/store"
import type { Suite } from "../support/suite"

const wrongs: readonly { what: string; fault: Fault; advice: RegExp }[] = [
  {
    what: "credentials that are not accepted (HTTP 401)",
    fault: { kind: "unauthorized", times: "forever" },
    advice:
      /does not accept this shop\. Check ((?:\w+, )*\w+(?: and \w+)?) of (\S+) in medusa-config/,
  },
  {
    what: "an account that may not make the call (HTTP 403)",
    fault: { kind: "html", status: 403, times: "forever" },
    advice:
      /does not accept this shop\. Check ((?:\w+, )*\w+(?: and \w+)?) of (\S+) in medusa-config/,
  },
  {
    what: "a page in the place of an answer",
    fault: { kind: "html", times: "forever" },
    advice: /does not answer as .*\. Check (baseUrl) of (\S+) in medusa-config/,
  },
  {
    what: "a server that has no such path (HTTP 404)",
    fault: { kind: "html", status: 404, times: "forever" },
    advice: /does not answer as .*\. Check (baseUrl) of (\S+) in medusa-config/,
  },
]

/** What only the shop's owner can set right is told to them, and to shoppers that they have to pay another way. */
export function setUp({ gateway, name, openStore, openWithSession }: Suite): void {
  const { wire } = gateway
  const operations = ["token", "create"] as const

  describe(`${name}: a set-up that is wrong, with`, () => {
    if (wire.ordersOpenedBy === "server" && !gateway.charges) {
      it.each(wrongs)(
        "$what: the shopper is told to pay another way, and the owner which options to look at",
        async ({ fault, advice }) => {
          for (const operation of operations.filter(
            (each) => each !== "token" || wire.accessToken
          )) {
            const store = await openStore()
            store.sandbox.fault(operation, fault)
            if (operation === "create") {
              store.sandbox.fault("query", fault) // where an answer was lost it is asked about
            }
            const told = await refusalOf(store.checkout())
            expect(told).toMatch(
              /^.+ is not available now\. Nothing was charged\. Choose another way to pay\. Our reference: \w{27}$/
            )
            expectAdvice(store, advice)
            expect(store.sandbox.orders()).toEqual([])
          }
        }
      )
    }

    // To a question 404 can be an answer: MoCoPay's for what it does not know.
    it.each(wrongs.filter(({ fault }) => fault.kind !== "html" || fault.status !== 404))(
      "$what: a question leaves the payment open, and the log says which options",
      async ({ fault, advice }) => {
        const { store, session } = await openWithSession()
        store.sandbox.fault("query", fault)
        if (gateway.charges) {
          store.sandbox.fault("charge", fault)
        }
        await store.medusa.authorize(session)
        expectAdvice(store, advice)
      }
    )
  })
}

/** In a line of the log: options that there are, of the provider by Medusa's id. */
function expectAdvice(store: Store, advice: RegExp): void {
  const [, options, provider] = advice.exec(store.warnings.join("\n")) ?? []
  expect(provider).toBe(store.medusa.providerId)
  for (const option of options?.split(/, | and /) ?? [""]) {
    expect(Object.keys(store.sandbox.options)).toContain(option)
  }
  const calls = store.warnings.filter((line) => / after \d+ ms, /.test(line))
  for (const line of calls) {
    expect(line).toContain(`${store.medusa.providerId}: `)
  }
}
