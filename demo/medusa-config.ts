import { defineConfig } from "@medusajs/framework/utils"
import {
  bankFile,
  cashy,
  cashyPayouts,
  kess,
  mocasa,
  mocasaPayouts,
  mocopay,
  paymentz,
  type PluginOptions,
  regionalPayments,
} from "medusa-regional-payments"

const env = (name: string): string | undefined => process.env[name]

/** Where shoppers come back to; the page asks the store how the payment ended. */
const storefrontUrl = `${env("STORE_URL") ?? ""}/shop/payment`

/** Whom the shop pays: sellers at Mocasa, wallets through Cashy, accounts by a bank file. Try it by docs/payouts-api.md. */
const payouts: PluginOptions["payouts"] = {
  providers: [
    mocasaPayouts({
      baseUrl: env("MOCASA_BASE_URL"),
      clientKey: env("MOCASA_CLIENT_KEY"),
      clientSecret: env("MOCASA_CLIENT_SECRET"),
    }),
    cashyPayouts({
      baseUrl: env("CASHY_BASE_URL"),
      merchantId: env("CASHY_MERCHANT_ID"),
      apiKey: env("CASHY_API_KEY"),
      currency: "pkr",
      notifyUrl: `${env("STORE_URL") ?? ""}/hooks/payout/cashy_cashy`,
    }),
    bankFile({
      id: "zagreb",
      // Nobody's account, with right check digits.
      debtor: { name: "Tržnica d.o.o.", iban: "HR1723600001101234565", bic: "ZABAHR2X" },
    }),
  ],
  // The demo has one admin: nobody else could approve what they make.
  approval: env("PAYOUT_APPROVAL") === "second_person" ? "second_person" : "none",
  limits: { php: { perTransfer: "50000.00", perDay: "200000.00" } },
  timeZone: "Asia/Manila",
  encryption: { keyId: "demo", keys: { demo: env("PAYOUT_ENCRYPTION_KEY") } },
}

/** What several servers and workers share beside the database; see docs/operations.md, "Wider than one machine". */
const redisUrl = env("SHARED_REDIS_URL")

const sharedModules = [
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
  {
    resolve: "@medusajs/medusa/locking",
    options: {
      providers: [
        {
          resolve: "@medusajs/medusa/locking-redis",
          id: "locking-redis",
          is_default: true,
          options: { redisUrl },
        },
      ],
    },
  },
]

export default defineConfig({
  projectConfig: {
    databaseUrl: env("DATABASE_URL"),
    ...(redisUrl ? { redisUrl } : {}),
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
  plugins: [regionalPayments({ payouts })],
  modules: [
    ...(redisUrl ? sharedModules : []),
    // With the flag alone it stays off: Medusa 2.21 reads the config before it knows its own flags.
    { resolve: "@medusajs/medusa/rbac", disable: env("MEDUSA_FF_RBAC") !== "true" },
    {
      resolve: "@medusajs/medusa/payment",
      options: {
        providers: [
          mocasa({
            baseUrl: env("MOCASA_BASE_URL"),
            clientKey: env("MOCASA_CLIENT_KEY"),
            clientSecret: env("MOCASA_CLIENT_SECRET"),
            // Straight to the storefront, whose page asks the store about its own cart.
            returnUrl: storefrontUrl,
            productName: "Kanto Goods",
          }),
          kess({
            baseUrl: env("KESS_BASE_URL"),
            username: env("KESS_USERNAME"),
            password: env("KESS_PASSWORD"),
            storeId: env("KESS_STORE_ID"),
            // WeChat Pay, by a QR on the page.
            serviceId: 30,
            mode: "native",
            currency: "usd",
            subStoreName: "Kanto Goods",
          }),
          // The till in the dashboard, which scans the shopper's code; no region has it for checkouts.
          kess({
            id: "till",
            baseUrl: env("KESS_BASE_URL"),
            username: env("KESS_USERNAME"),
            password: env("KESS_PASSWORD"),
            storeId: env("KESS_STORE_ID"),
            serviceId: 30,
            mode: "quick",
            currency: "usd",
            subStoreName: "Kanto Goods",
          }),
          cashy({
            baseUrl: env("CASHY_BASE_URL"),
            merchantId: env("CASHY_MERCHANT_ID"),
            apiKey: env("CASHY_API_KEY"),
            currency: "pkr",
            payType: 36,
            notifyUrl: env("CASHY_NOTIFY_URL"),
          }),
          paymentz({
            baseUrl: env("PAYMENTZ_BASE_URL"),
            memberId: env("PAYMENTZ_MEMBER_ID"),
            secureKey: env("PAYMENTZ_SECURE_KEY"),
            partnerId: env("PAYMENTZ_PARTNER_ID"),
            username: env("PAYMENTZ_USERNAME"),
            totype: env("PAYMENTZ_TOTYPE"),
            terminalId: env("PAYMENTZ_TERMINAL_ID"),
            integration: "hosted",
            capture: "automatic",
            returnUrl: env("PAYMENTZ_RETURN_URL"),
            notificationUrl: env("PAYMENTZ_NOTIFICATION_URL"),
            storefrontUrl,
          }),
          mocopay({
            baseUrl: env("MOCOPAY_BASE_URL"),
            apiKey: env("MOCOPAY_API_KEY"),
            secret: env("MOCOPAY_SECRET"),
            products: JSON.parse(env("MOCOPAY_PRODUCTS") ?? "[]"),
            callbackUrl: env("MOCOPAY_CALLBACK_URL"),
            notifyUrl: env("MOCOPAY_NOTIFY_URL"),
            storefrontUrl,
          }),
        ],
      },
    },
  ],
})
