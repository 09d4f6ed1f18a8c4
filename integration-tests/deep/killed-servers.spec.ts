import { describeMocasaStore } from "../http/support/mocasa-store"
import { killedServer } from "./killed-server.suite"
import { orphanOrders } from "./orphan-orders.suite"

jest.setTimeout(600_000)

// The jobs of the store beside those that are killed would do what the next one has to prove that it does.
process.env.MEDUSA_WORKER_MODE = "server"

afterAll(() => {
  delete process.env.MEDUSA_WORKER_MODE
})

describeMocasaStore("a shop whose servers die:", (shop) => {
  orphanOrders(shop)
  killedServer(shop)
})
