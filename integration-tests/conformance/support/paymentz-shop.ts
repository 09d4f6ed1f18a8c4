import type { PaymentzSandbox } from "../../sandbox/paymentz"
import { paymentzWith } from "../paymentz.data"
import type { PaymentzHabits } from "../paymentz-sandbox"
import { Store } from "../../../src/testing/conformance/support/store"
import { Witness } from "../../../src/testing/conformance/support/witness"

export type PaymentzShop = { readonly store: Store; readonly sandbox: PaymentzSandbox }

/** Stores that sell through Paymentz, with the sandbox as it is beside them. */
export class PaymentzShops {
  readonly #stores: Store[] = []

  async open(habits?: PaymentzHabits): Promise<PaymentzShop> {
    const started: PaymentzSandbox[] = []
    const gateway = paymentzWith((sandbox) => void started.push(sandbox), habits)
    const store = await Store.open(gateway, new Witness())
    this.#stores.push(store)
    const [sandbox] = started
    if (!sandbox) {
      throw new Error("The store opened without its sandbox")
    }
    return { store, sandbox }
  }

  async closeAll(): Promise<void> {
    for (const store of this.#stores.splice(0)) {
      await store.close()
    }
  }
}
