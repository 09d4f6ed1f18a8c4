/**
 * npm run demo             a shop with a dashboard and the gateways' sandboxes; stays until Ctrl-C, keeps its data
 * npm run demo -- --cluster the same shop on two servers and a worker behind one address, which share a Redis
 * npm run demo -- --tour   buys and refunds once through the APIs, says whether all agree, and leaves nothing behind;
 *                          with --cluster as well on two servers and a worker
 *
 * PORT=9010 moves the shop to another port, the sandboxes to the ones after it.
 * DATABASE_URL=postgres://... uses that database instead of the one that npm brings.
 */
import { preflight } from "../integration-tests/preflight.mjs"

preflight({
  need: ["@medusajs/medusa", "local-postgres", "vite", "tsx"],
  writable: [".medusa", "demo", "node_modules"],
})

// Only now: without node_modules this import would fail with a stack trace instead of a sentence.
const { main } = await import("./launch/main.mjs")
await main(process.argv.slice(2), process.env)
