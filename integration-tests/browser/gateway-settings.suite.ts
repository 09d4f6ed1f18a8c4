import { graveFaults } from "./support/axe"
import type { Dashboard } from "./support/dashboard"
import { look } from "./support/look"
import type { Proof } from "./support/proof"
import { Sandbox } from "./support/sandbox"

const list = "/settings/payment-gateways"

/** The shop's owner sets a gateway up: sees what is wrong, mends it, and sees that it is well. */
export function gatewaySettings(proof: Proof): void {
  describe("the settings page of payment gateways", () => {
    const mocasa = () => new Sandbox(proof.shop, "mocasa")

    afterEach(async () => {
      await mocasa().delete("/_sandbox/faults")
    })

    it("turns from red to green when credentials are mended", async () => {
      await mocasa().post("/_sandbox/faults", {
        kind: "unauthorized",
        path: "*",
        times: "forever",
      })
      const dashboard = await proof.dashboard()
      await dashboard.open(list)
      await dashboard.main.getByRole("link", { name: /Mocasa Pay/ }).click()
      await checkNow(dashboard)
      await dashboard.main.getByText("Credentials refused").waitFor()
      await dashboard.main.getByText("Something is missing").waitFor()
      await dashboard.main.getByText("clientKey, clientSecret, baseUrl").waitFor()
      await look(dashboard.page, "gateway-settings-refused")
      expect(await graveFaults(dashboard.main)).toEqual([])

      await mocasa().delete("/_sandbox/faults")
      await checkNow(dashboard)
      await dashboard.main.getByText("Credentials accepted").waitFor()
      expect(await dashboard.main.getByText("Something is missing").count()).toBe(0)
      await look(dashboard.page, "gateway-settings-accepted")
    })

    it("says that the account is a test account, and copies the webhook's address by the keyboard", async () => {
      const dashboard = await proof.dashboard()
      await dashboard.open(`${list}/pp_mocasa_mocasa`)
      await dashboard.main.getByText("This is a test account").waitFor()
      const address = dashboard.main.getByText(/\/hooks\/payment\/mocasa_mocasa$/)
      expect(await address.count()).toBe(1)
      await dashboard.tabTo(dashboard.section("Addresses").getByRole("button").nth(1))
    })

    it("lets a role that may only look see it, and check nothing", async () => {
      const onlooker = await (await proof.api()).colleague("Ana", ["gateway_payment:read"])
      const dashboard = await proof.dashboard({ account: onlooker })
      await dashboard.open(`${list}/pp_mocasa_mocasa`)
      await dashboard.main.getByText("Your role does not allow you to check this.").waitFor()
      expect(await dashboard.main.getByRole("button", { name: "Check now" }).count()).toBe(0)
    })

    it("is reached from a region, which names its gateways", async () => {
      const { regions } = await (
        await proof.api()
      ).get<{ regions: { id: string; payment_providers: { id: string }[] }[] }>(
        "/admin/regions?fields=id,*payment_providers"
      )
      const region = regions.find(({ payment_providers }) =>
        payment_providers.some(({ id }) => id === "pp_mocasa_mocasa")
      )
      const dashboard = await proof.dashboard()
      await dashboard.open(`/settings/regions/${region?.id}`)
      await look(dashboard.page, "region-gateways")
      await dashboard.main.getByRole("link", { name: "Mocasa Pay" }).click()
      await dashboard.main.getByRole("heading", { name: "Mocasa Pay" }).waitFor()
    })
  })
}

/** Waits until the gateway was asked. */
async function checkNow(dashboard: Dashboard): Promise<void> {
  const checked = dashboard.page.waitForResponse(/\/providers\/pp_mocasa_mocasa\/check$/)
  await dashboard.main.getByRole("button", { name: "Check now" }).click()
  await checked
}
