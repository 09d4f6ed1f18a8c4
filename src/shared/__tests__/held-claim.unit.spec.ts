import { getHttpResponseFromError } from "@medusajs/framework/http"
import { serializeError } from "@medusajs/framework/utils"
import { HeldClaim, LeaseLostError } from "../held-claim"

describe("a claim that is held", () => {
  const at = (ms: number) => new Date(ms)

  it("is renewed from the time that was written last, one renewal after the other", async () => {
    const asked: number[] = []
    const held = new HeldClaim(["a"], at(1), async (until) => {
      asked.push(until.getTime())
      await new Promise(setImmediate)
      return at(until.getTime() + 1)
    })
    expect(await Promise.all([held.renew(), held.renew(), held.renew()])).toEqual([
      true,
      true,
      true,
    ])
    held.stop()
    expect(asked).toEqual([1, 2, 3])
  })

  it("tells who is about to act that it is lost", async () => {
    const held = new HeldClaim(["a", "b"], at(1), async () => undefined)
    expect(await held.renew()).toBe(false)
    await expect(held.ensureHeld()).rejects.toThrow(LeaseLostError)
    await expect(held.ensureHeld()).rejects.toThrow("a, b")
    held.stop()
  })

  it("is renewed again after a renewal that failed, while its time is not over", async () => {
    const renew = jest
      .fn(async (until: Date): Promise<Date | undefined> => at(until.getTime() + 1))
      .mockRejectedValueOnce(new Error("the database is away"))
    const held = new HeldClaim(["a"], at(1), renew)
    await expect(held.renew()).rejects.toThrow("the database is away")
    expect(await held.renew()).toBe(true)
    held.stop()
    expect(renew).toHaveBeenLastCalledWith(at(1))
  })

  it("is lost to a server that stood still while its renewal was answered, and that another took over from since", async () => {
    jest.useFakeTimers()
    const renew = jest.fn(async (): Promise<Date | undefined> => undefined)
    renew.mockImplementationOnce(async () => {
      jest.setSystemTime(Date.now() + 30_000)
      return at(2)
    })
    const held = new HeldClaim(["a"], at(1), renew, 20_000)
    await expect(held.ensureHeld()).rejects.toThrow(LeaseLostError)
    held.stop()
    expect(renew).toHaveBeenLastCalledWith(at(2))
    jest.useRealTimers()
  })

  it("renews by itself three times in its time, and no more once it is stopped", async () => {
    jest.useFakeTimers()
    const renew = jest.fn(async (until: Date): Promise<Date | undefined> => until)
    const held = new HeldClaim(["a"], at(1), renew, 3_000)
    await jest.advanceTimersByTimeAsync(3_500)
    expect(renew).toHaveBeenCalledTimes(3)
    held.stop()
    await jest.advanceTimersByTimeAsync(10_000)
    expect(renew).toHaveBeenCalledTimes(3)
    jest.useRealTimers()
  })
})

describe("a lost lease", () => {
  const lost = new LeaseLostError(["gateway-payment:payses_1"])
  const advice = expect.stringMatching(
    /gateway-payment:payses_1.*another server may have gone on.*Nothing more was done here.*repeat only/
  )

  it("is answered with 409 that says what happened and what to do", () => {
    expect(getHttpResponseFromError(lost)).toMatchObject({
      statusCode: 409,
      body: { message: advice },
    })
  })

  it("says the same where a workflow handed on a copy of it, as it does of what its steps throw", () => {
    expect(getHttpResponseFromError(serializeError(lost))).toMatchObject({
      statusCode: 400,
      body: { type: "not_allowed", message: advice },
    })
  })
})
