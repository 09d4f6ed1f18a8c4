import { defineConfig } from "@medusajs/framework/utils"

/** The store that the integration tests run: this folder itself, straight from its TypeScript. */
export default defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: {
      storeCors: "http://localhost",
      adminCors: "http://localhost",
      authCors: "http://localhost",
      jwtSecret: "only-for-tests",
      cookieSecret: "only-for-tests",
    },
  },
  admin: { disable: true },
  modules: [
    { key: "payment_journal", resolve: "./src/modules/payment-journal" },
    {
      resolve: "@medusajs/medusa/payment",
      options: {
        providers: [
          {
            resolve: "./src/providers/mocasa",
            id: "mocasa",
            options: {
              baseUrl: process.env.MOCASA_URL,
              clientKey: process.env.MOCASA_CLIENT_KEY,
              clientSecret: process.env.MOCASA_CLIENT_SECRET,
              returnUrl: "http://localhost/checkout/return",
              allowedReturnOrigins: ["http://localhost"],
              timeoutMs: 2_000,
            },
          },
        ],
      },
    },
  ],
})
