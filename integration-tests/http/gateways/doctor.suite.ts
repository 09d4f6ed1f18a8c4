import type { CheckName, Diagnostic } from "../../../src/cli/doctor/diagnostic"
import { diagnose } from "../../../src/cli/doctor/doctor"
import { asJson, asText } from "../../../src/cli/doctor/print"
import { loadShop } from "../../../src/cli/shop"
import { tryWebhook } from "../../../src/cli/webhook/try-webhook"
import { checkOutThrough, mainGateways as main, type GatewayShop } from "../support/gateway-shop"
import { suite } from "../support/shop"
import { repository } from "../support/spec-database"

export const doctor = suite<GatewayShop>("the doctor of", (shop) => {
  const look = (...skip: CheckName[]) =>
    diagnose({ folder: repository, skip: new Set<CheckName>(["addresses", ...skip]) })
  const ofProvider = (found: readonly Diagnostic[], id: string, check: CheckName) =>
    found.filter((each) => each.provider === id && each.check === check)

  it("finds nothing wrong with a shop that sells, and shows none of its secrets", async () => {
    const found = await look()
    expect(found.filter(({ severity }) => severity === "fault")).toEqual([])
    for (const { providerId } of main(shop.through)) {
      expect(ofProvider(found, providerId, "credentials")).toEqual([
        expect.objectContaining({ severity: "ok" }),
      ])
      expect(ofProvider(found, providerId, "regions")).toEqual([
        expect.objectContaining({ severity: "ok" }),
      ])
    }
    const printed = asText(found) + asJson(found)
    for (const secret of shop.through.flatMap(({ sandbox }) => sandbox.secrets())) {
      expect(printed).not.toContain(secret)
    }
  })

  it("tells of credentials that a gateway refuses, and of a gateway that gives no answer", async () => {
    const [refusing, silent] = main(shop.through)
    refusing!.sandbox.fault("query", { kind: "unauthorized", times: "forever" })
    if (refusing!.gateway.wire.accessToken) {
      refusing!.sandbox.fault("token", { kind: "unauthorized", times: "forever" })
    }
    silent!.sandbox.fault("query", { kind: "http-error", status: 503, times: "forever" })
    if (silent!.gateway.wire.accessToken) {
      silent!.sandbox.fault("token", { kind: "http-error", status: 503, times: "forever" })
    }
    try {
      const found = await look()
      expect(ofProvider(found, refusing!.providerId, "credentials")).toEqual([
        expect.objectContaining({ severity: "fault" }),
      ])
      expect(ofProvider(found, silent!.providerId, "credentials")).toEqual([
        expect.objectContaining({ severity: "unknown" }),
      ])
    } finally {
      refusing!.sandbox.clearFaults()
      silent!.sandbox.clearFaults()
    }
  })

  it("tells of a migration that was not run, and of a region whose currency a gateway does not take", async () => {
    const { providerId } = main(shop.through)[0]!
    const { name }: { name: string } = await shop
      .database("mikro_orm_migrations")
      .whereLike("name", "Migration20261129%")
      .first("name")
    const link = await shop
      .database("region_payment_provider")
      .where({ payment_provider_id: providerId })
      .first("region_id")
    const region = shop.database("region").where({ id: link.region_id })
    const { currency_code }: { currency_code: string } = await region.clone().first("currency_code")
    await shop.database("mikro_orm_migrations").where({ name }).update({ name: "another" })
    await region.clone().update({ currency_code: "isk" })
    try {
      const found = await look("credentials")
      expect(found).toContainEqual(
        expect.objectContaining({
          check: "migrations",
          severity: "fault",
          message: expect.stringContaining(name),
          remedy: "Run npx medusa db:migrate",
        })
      )
      expect(ofProvider(found, providerId, "regions").map(({ message }) => message)).toEqual([
        expect.stringMatching(/No region that allows it sells in a currency/),
      ])
    } finally {
      await shop.database("mikro_orm_migrations").where({ name: "another" }).update({ name })
      await region.clone().update({ currency_code })
    }
  })

  it("reaches the plugin at the webhooks' addresses, and writes nothing", async () => {
    const before = await shop.database("gateway_provider_health").select("*")
    const found = await diagnose({
      folder: repository,
      skip: new Set<CheckName>(["credentials", "database"]),
    })
    const relayed = main(shop.through).filter(
      ({ sandbox }) => "notifyUrl" in sandbox.options || "notificationUrl" in sandbox.options
    )
    expect(relayed.length).toBeGreaterThan(0)
    for (const { providerId } of relayed) {
      expect(ofProvider(found, providerId, "addresses")).toContainEqual(
        expect.objectContaining({
          severity: "ok",
          message: expect.stringMatching(/^The plugin answers at http/),
        })
      )
    }
    expect(await shop.database("gateway_provider_health").select("*")).toEqual(before)
  })

  it("has a signed message about an open payment taken, and worked on to its end", async () => {
    const selling = main(shop.through).find(({ gateway }) => gateway.identifier === "cashy")!
    const { reference } = await checkOutThrough(shop.shopper(undefined, selling.country), selling)
    const lines: string[] = []
    const loaded = await loadShop(repository)
    const trial = { provider: selling.hook, reference, url: shop.api.defaults.baseURL }
    const send = (change: object = {}) =>
      tryWebhook(
        loaded,
        shop.database,
        { ...trial, ...change },
        async (line) => void lines.push(line)
      )
    expect(await send()).toBe(true)
    expect(lines).toEqual([
      expect.stringContaining(`About the payment ${reference}, which is open`),
      expect.stringMatching(/^The shop answered HTTP 200/),
      expect.stringMatching(/^It was worked on: /),
      "The payment is open now",
    ])
    await expect(send({ reference: "none" })).rejects.toThrow(/has no payment none/)
    await expect(send({ provider: "cashy_other" })).rejects.toThrow(
      /The config lists: .*cashy_main/
    )
  })
})
