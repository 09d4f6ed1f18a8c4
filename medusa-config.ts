import { createRequire } from "node:module"
import { dirname } from "node:path"
import { defineConfig } from "@medusajs/framework/utils"

const redisUrl = process.env.SHOP_REDIS_URL
const sharesEngine = process.env.SHOP_ENGINE === "redis"

/** By SHOP_LOCKING; in each server's own memory without it, as Medusa does. */
function lockingProviders() {
  const locking = process.env.SHOP_LOCKING
  return locking
    ? [
        {
          resolve: `@medusajs/medusa/locking-${locking}`,
          id: `locking-${locking}`,
          is_default: true,
          options: { redisUrl },
        },
      ]
    : []
}

/**
 * With SHOP_ENGINE=redis, what several servers and workers share beside the database, as docs/operations.md has it;
 * each one's own memory without it, as Medusa does.
 */
function sharedModules() {
  return sharesEngine
    ? [
        { resolve: "@medusajs/medusa/event-bus-redis", options: { redisUrl } },
        {
          resolve: "@medusajs/medusa/workflow-engine-redis",
          options: { redis: { redisUrl, jobWorkerOptions: { concurrency: 10 } } },
        },
        {
          resolve: "@medusajs/medusa/caching",
          options: {
            providers: [
              {
                resolve: "@medusajs/medusa/caching-redis",
                id: "caching-redis",
                is_default: true,
                options: { redisUrl },
              },
            ],
          },
        },
      ]
    : []
}

/**
 * The store that the integration tests run: this folder itself, straight from its TypeScript. With SHOP_ADMIN=true it
 * has the dashboard too, whose pages Vite compiles as they are opened; see integration-tests/browser/serve.mjs.
 */
export default defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    ...(sharesEngine ? { redisUrl } : {}),
    http: {
      storeCors: "http://localhost",
      adminCors: "http://localhost",
      authCors: "http://localhost",
      jwtSecret: "only-for-tests",
      cookieSecret: "only-for-tests",
    },
    // It is served over plain http; with Medusa's defaults the browser would drop the login's cookie.
    cookieOptions: { secure: false, sameSite: "lax" },
  },
  admin: {
    disable: process.env.SHOP_ADMIN !== "true",
    // The dashboard's own copy, whose router the plugin's pages are rendered in.
    vite: () => ({ resolve: { alias: { "react-router-dom": dashboards("react-router-dom") } } }),
  },
  modules: [
    { key: "payment_journal", resolve: "./src/modules/payment-journal" },
    {
      key: "payout",
      resolve: "./src/modules/payout",
      // As a plugin's options reach its modules: `{ payouts: { ... } }`.
      options: JSON.parse(process.env.SHOP_PAYOUT_OPTIONS ?? "{}"),
    },
    {
      // With the flag alone it stays off: Medusa 2.21 reads the config before it knows its own flags.
      resolve: "@medusajs/medusa/rbac",
      disable: process.env.MEDUSA_FF_RBAC !== "true",
    },
    { resolve: "@medusajs/medusa/locking", options: { providers: lockingProviders() } },
    {
      resolve: "@medusajs/medusa/auth",
      options: {
        providers: [
          {
            resolve: "@medusajs/medusa/auth-emailpass",
            id: "emailpass",
            // Weak, so that a login takes a millisecond: these are passwords of nobody.
            options: { hashConfig: { logN: 4, r: 8, p: 1 } },
          },
        ],
      },
    },
    ...sharedModules(),
    {
      resolve: "@medusajs/medusa/payment",
      options: {
        // A spec starts the sandboxes first and then says here how they are reached.
        providers: JSON.parse(process.env.SHOP_PROVIDERS ?? "[]"),
      },
    },
  ],
})

/** The folder of a package as Medusa's dashboard finds it. */
function dashboards(name: string): string {
  const { resolve } = createRequire(require.resolve("@medusajs/dashboard/package.json"))
  return dirname(resolve(`${name}/package.json`))
}
