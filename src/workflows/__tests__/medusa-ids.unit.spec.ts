import { generateEntityId } from "@medusajs/framework/utils"
import { idPrefixes, idsOfTime } from "../medusa-ids"

const hour = 3_600_000

describe("the ids that Medusa gave in a time", () => {
  const now = Date.now()
  const around = (fromMs: number, untilMs: number) =>
    idsOfTime(idPrefixes.capture, { from: new Date(now + fromMs), until: new Date(now + untilMs) })

  it("hold the one that it gives now", () => {
    const id = generateEntityId(undefined, idPrefixes.capture)
    const { $gte, $lt } = around(-1_000, 1_000)
    expect(id > $gte && id < $lt).toBe(true)
  })

  it("hold none of some hours before or after", () => {
    const id = generateEntityId(undefined, idPrefixes.capture)
    expect(id > around(-3 * hour, -2 * hour).$lt).toBe(true)
    expect(id < around(2 * hour, 3 * hour).$gte).toBe(true)
  })

  it("are those of a known ULID", () => {
    const at = new Date(1_469_918_176_385 + hour)
    expect(idsOfTime("ref", { from: at, until: at }).$gte).toBe("ref_01ARYZ6S41")
  })
})
