import { createHash } from "node:crypto"
import {
  addBeneficiary,
  cashyPayouts,
  required,
  walletOwner,
  type PayoutShop,
} from "../support/payout-shop"
import { suite } from "../support/shop"
import { adminApi, heading, path } from "./admin-api"

export const imports = suite<PayoutShop>("the admin API of payouts", (shop) => {
  const { listed, exportOf } = adminApi(shop)

  describe("a file of transfers", () => {
    it("is checked line by line first, and refused as a whole for one bad line", async () => {
      const { id } = await addBeneficiary(shop.admin, walletOwner)
      const csv = [
        heading,
        `${id},10.00,PKR,Good`,
        `${id},"1,500.00",PKR,Comma`,
        `${id},10.555,PKR,Places`,
        `poben_none,10.00,PKR,Nobody`,
      ].join("\r\n")
      const problems = [
        { line: 3, message: expect.stringContaining('amount: "1,500.00" must be plain digits') },
        { line: 4, message: expect.stringContaining("too many decimal places") },
        { line: 5, message: expect.stringContaining("no payout beneficiary poben_none") },
      ]
      const checked = required(await shop.admin.post(`${path}/imports/check`, { csv }))
      expect(checked.check).toMatchObject({ good: 1, problems })
      // Cashy tells how much there is to send.
      expect(checked.check.sums).toEqual([
        {
          provider_id: cashyPayouts,
          currency_code: "pkr",
          count: 1,
          amount: "10",
          available: expect.stringMatching(/^\d+(\.\d+)?$/),
        },
      ])
      const digest = createHash("sha256").update(csv).digest("hex")
      expect(await listed(`imports?digest=${digest}`)).toEqual([])

      const refused = required(await shop.admin.post(`${path}/imports`, { csv })).import
      expect(refused).toMatchObject({
        status: "refused",
        total: 4,
        made: 0,
        problems,
        transfers: {},
      })
      expect(await listed(`transfers?beneficiary_id=${id}`)).toEqual([])

      const partial = { csv, allow_partial: true, file_name: "may.csv" }
      const done = required(await shop.admin.post(`${path}/imports`, partial)).import
      expect(done).toMatchObject({
        id: refused.id,
        status: "done",
        file_name: "may.csv",
        made: 1,
        problems,
        transfers: { awaiting_approval: 1 },
      })
      expect(await listed(`transfers?import_id=${done.id}`)).toHaveLength(1)
      expect(await listed(`imports?q=may.csv&status=done&digest=${digest}`)).toEqual([done.id])
    })

    it("that can't be read says in which line and why", async () => {
      for (const [csv, problem] of [
        ["", { line: 1, message: expect.stringContaining("the file is empty") }],
        ["bonus\nAna", { line: 1, message: expect.stringContaining('no column "bonus"') }],
      ] as const) {
        const checked = required(await shop.admin.post(`${path}/imports/check`, { csv }))
        expect(checked.check).toMatchObject({ good: 0, problems: [problem], sums: [] })
        const refused = required(await shop.admin.post(`${path}/imports`, { csv }))
        expect(refused.import).toMatchObject({ status: "refused", problems: [problem] })
      }
      expect((await shop.admin.post(`${path}/imports`, {})).status).toBe(400)
    })

    it("comes as Excel saves it in Croatia, gives its refused lines back, and has a template", async () => {
      const { id, name } = await addBeneficiary(shop.admin, walletOwner)
      const csv = [
        "Šifra primatelja;Naziv primatelja;Iznos;Valuta;Svrha;Račun",
        `${id};${name};1.250,50;PKR;Provizija;`,
        `${id};Netko drugi;20,00;PKR;Provizija;`,
        `${id};;30,00;PKR;Provizija;3.00123E+09`,
        `${id};;40.000;PKR;Provizija;`,
      ].join("\r\n")
      const body = { file: Buffer.from(`\ufeff${csv}`, "utf16le").toString("base64") }
      const { check } = required(await shop.admin.post(`${path}/imports/check`, body))
      expect(check.sums).toMatchObject([{ count: 1, amount: "1250.5" }])
      expect(check.problems).toMatchObject([
        { line: 3, message: expect.stringContaining('"Netko drugi" is not the name of') },
        { line: 4, message: expect.stringContaining("Format the column as text") },
        { line: 5, message: expect.stringContaining("can be read in two ways") },
      ])

      const refused = await shop.admin.post(`${path}/imports/refused-lines`, body)
      expect(refused.headers["content-type"]).toBe("text/csv; charset=utf-8")
      const rows = String(refused.data).trim().split("\r\n")
      expect(rows).toHaveLength(4)
      expect(rows[1]).toContain(`${id};Netko drugi;20,00;PKR;Provizija;;3;`)

      const windows1250 = csv.replace("Š", "\x8a").replace("č", "\xe8")
      const old = { file: Buffer.from(windows1250, "latin1").toString("base64") }
      const { check: other } = required(await shop.admin.post(`${path}/imports/check`, old))
      expect(other.problems).toMatchObject([
        { line: 1, message: expect.stringContaining("the file is not UTF-8") },
      ])
      expect((await shop.admin.post(`${path}/imports`, { ...body, csv })).status).toBe(400)

      const template = await shop.admin.get(
        `${path}/imports/template?delimiter=semicolon&language=hr`
      )
      expect(String(template.data)).toMatch(
        /^\ufeff?ID primatelja;Naziv primatelja;Broj računa;Iznos;/
      )
      expect((await shop.admin.get(`${path}/imports/template?delimiter=pipe`)).status).toBe(400)
    })

    it("of 1,000 lines is made in one go, with progress, once, and adds up to the cent", async () => {
      const { id } = await addBeneficiary(shop.admin, walletOwner)
      // A purpose of the longest kind: the whole is larger than Medusa lets a request be elsewhere.
      const purpose = "Commission ".padEnd(250, "x")
      const lines = Array.from(
        { length: 1_000 },
        (_, nth) => `${id},${nth + 1}.01,PKR,${nth % 3} ${purpose}`
      )
      const csv = [heading, ...lines, ""].join("\r\n")
      const digest = createHash("sha256").update(csv).digest("hex")
      const progress: string[] = []
      let isMaking = true
      const making = shop.admin.post(`${path}/imports`, { csv, file_name: "may.csv" })
      void making.finally(() => {
        isMaking = false
      })
      while (isMaking) {
        const { imports } = required(await shop.admin.get(`${path}/imports?digest=${digest}`))
        for (const { status, checked, made } of imports) {
          progress.push(`${status} ${checked} ${made}`)
        }
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      const done = required(await making).import
      expect(done).toMatchObject({
        status: "done",
        total: 1_000,
        checked: 1_000,
        made: 1_000,
        problems: [],
        transfers: { awaiting_approval: 1_000 },
      })
      expect(progress.filter((line) => /^(checking|making)/.test(line)).length).toBeGreaterThan(0)

      const again = required(await shop.second.post(`${path}/imports`, { csv }))
      expect([again.import.id, again.is_new]).toEqual([done.id, false])
      const saved = `\uFEFF${[heading, "", ...lines.reverse()].join("\n")}`
      const check = required(await shop.second.post(`${path}/imports/check`, { csv: saved })).check
      expect(check.imported_before).toMatchObject({ id: done.id, file_name: "may.csv" })
      const savedAgain = required(await shop.second.post(`${path}/imports`, { csv: saved }))
      expect([savedAgain.import.id, savedAgain.is_new]).toEqual([done.id, false])
      const { totals } = required(await shop.admin.get(`${path}/totals?import_id=${done.id}`))
      // 1 + 2 + ... + 1,000, and a thousand cents.
      expect(totals).toMatchObject([{ count: 1_000, amount: "500510.00" }])
      const exported = await exportOf(`import_id=${done.id}`)
      expect(exported).toHaveLength(1_000)
      const inFile = Array.from({ length: 1_000 }, (_, nth) => nth + 2)
      const inExport = exported.map(({ import_line }) => Number(import_line))
      expect(inExport.sort((one, other) => one - other)).toEqual(inFile)
      // Hundreds are alike in what they are sorted by, and still each is on one page.
      const pages = await Promise.all(
        [0, 250, 500, 750].map((offset) =>
          listed(`transfers?order=purpose&limit=250&offset=${offset}`)
        )
      )
      expect(new Set(pages.flat()).size).toBe(1_000)
    })
  })
})
