import { defineConfig } from "@medusajs/framework/utils"

const env = (name: string): string | undefined => process.env[name]

export default defineConfig({
  projectConfig: {
    databaseUrl: env("DATABASE_URL"),
    http: {
      storeCors: env("STORE_URL") ?? "",
      adminCors: env("STORE_URL") ?? "",
      authCors: env("STORE_URL") ?? "",
      jwtSecret: env("JWT_SECRET"),
      cookieSecret: env("COOKIE_SECRET"),
    },
    // The demo is served over plain http; with Medusa's defaults the browser would drop the login's cookie.
    cookieOptions: { secure: false, sameSite: "lax" },
  },
  plugins: [{ resolve: "medusa-regional-payments", options: {} }],
  modules: [
    {
      resolve: "@medusajs/medusa/payment",
      options: {
        providers: [
          {
            resolve: "medusa-regional-payments/providers/mocasa",
            id: "mocasa",
            options: {
              baseUrl: env("MOCASA_BASE_URL"),
              clientKey: env("MOCASA_CLIENT_KEY"),
              clientSecret: env("MOCASA_CLIENT_SECRET"),
              returnUrl: env("MOCASA_RETURN_URL"),
              productName: "Kanto Goods",
            },
          },
        ],
      },
    },
  ],
})
