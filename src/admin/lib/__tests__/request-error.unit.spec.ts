import translations from "../../i18n"
import { refusals } from "../../../shared/refusals"
import { isConflict, isForbidden, isLoggedOut, reasonOf, RequestError } from "../request-error"
import { translator } from "./translator"

const sentence = "The transfer P01 can't be approved: it succeeded"

async function inLanguage(language: "en" | "hr") {
  const t = await translator(language)
  return (error: unknown) => reasonOf(error, t, language)
}

describe("why a call was refused", () => {
  it("is said in the admin's language by its code, with what the code's words name", async () => {
    const details = { reference: "P01", transfer_state: "succeeded" }
    const error = new RequestError(sentence, 409, "transfer_state", details)
    expect((await inLanguage("hr"))(error)).toBe(
      "Ništa nije učinjeno: stanje isplate P01 sada je „Isplaćeno”. Pogledajte je ponovno."
    )
    expect((await inLanguage("en"))(error)).toContain("the state of P01 is now “Paid”")
  })

  it("is said by the words that pages have for the same code already", async () => {
    const hr = await inLanguage("hr")
    const words = translations.hr.regionalPayments
    expect(hr(new RequestError("x", 400, "made_it"))).toBe(words.approvals.whyNot.made_it)
    expect(hr(new RequestError("x", 400, "on_top"))).toBe(words.exceptions.refusals.on_top)
  })

  it("has times as the admin's language writes them", async () => {
    const details = { time: "2026-05-03T08:00:00Z" }
    const said = (await inLanguage("hr"))(new RequestError("x", 409, "import_known", details))
    expect(said).toMatch(/3\. svi 2026\./)
  })

  it("calls a provider what people call it", async () => {
    const details = { provider: "po_cashy_cashy", transfer_state: "succeeded" }
    const said = (await inLanguage("en"))(new RequestError("x", 409, "outcome_told", details))
    expect(said).toBe("Nothing was done: Cashy was asked, and its word counts: “Paid”.")
  })

  it.each([
    ["that has no words", new RequestError(sentence, 400, "never_heard_of")],
    ["that is none", new RequestError(sentence, 400)],
    ["whose values are missing", new RequestError(sentence, 409, "transfer_state", {})],
    [
      "whose values are no texts",
      new RequestError(sentence, 409, "retried", { reference: {}, retry: 1 }),
    ],
    ["that leads out of its words", new RequestError(sentence, 400, "constructor")],
  ])("is the server's sentence for a code %s", async (_, error) => {
    expect((await inLanguage("hr"))(error)).toBe(sentence)
  })

  it("is the sentence of any other error", async () => {
    expect((await inLanguage("hr"))(new Error("Out of memory"))).toBe("Out of memory")
  })

  it.each(["en", "hr"] as const)(
    "has words in %s for every code of the server",
    async (language) => {
      const inWords = await inLanguage(language)
      for (const [code, named] of Object.entries(refusals)) {
        const details = Object.fromEntries(named.map((name) => [name, "2026-05-03T08:00:00Z"]))
        const said = inWords(new RequestError(sentence, 400, code, details))
        expect({ code, said }).not.toEqual({ code, said: sentence })
        expect(said).not.toContain("{{")
      }
    }
  )
})

describe("an answer that is no success", () => {
  it("keeps its sentence, status, code and details", async () => {
    const body = {
      type: "conflict",
      message: sentence,
      code: "held",
      details: { reference: "P01" },
    }
    expect(await RequestError.of(Response.json(body, { status: 409 }))).toMatchObject({
      message: sentence,
      status: 409,
      code: "held",
      details: { reference: "P01" },
    })
  })

  it.each([
    ["a page of a proxy", new Response("<html>", { status: 502, statusText: "Bad Gateway" })],
    ["a list", Response.json([1], { status: 502, statusText: "Bad Gateway" })],
    ["nothing", new Response(null, { status: 502, statusText: "Bad Gateway" })],
  ])("is known by its status where its body is %s", async (_, answer) => {
    const error = await RequestError.of(answer)
    expect(error).toMatchObject({ message: "Bad Gateway", status: 502, code: undefined })
  })

  it("tells an ended login, a role that is too small, and a state that changed", () => {
    const statuses = [401, 403, 409].map((status) => new RequestError("", status))
    expect(statuses.map(isLoggedOut)).toEqual([true, false, false])
    expect(statuses.map(isForbidden)).toEqual([false, true, false])
    expect(statuses.map(isConflict)).toEqual([false, false, true])
  })
})
