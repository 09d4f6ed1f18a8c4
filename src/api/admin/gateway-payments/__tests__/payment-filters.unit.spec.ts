import {
  AdminFilterGatewayPaymentsParams,
  AdminGetGatewayMoneyInParams,
  AdminGetGatewayPaymentsParams,
  pageOrder,
} from "../payment-filters"

describe("the filters of gateway payments", () => {
  it("begin with the twenty newest", () => {
    expect(AdminGetGatewayPaymentsParams.parse({})).toEqual({
      limit: 20,
      offset: 0,
      order: "-created_at",
    })
  })

  it("take one value or several, and times as people write them", () => {
    const parsed = AdminFilterGatewayPaymentsParams.parse({
      q: "  01J9 ",
      state: ["paid", "open"],
      currency_code: "PHP",
      created_at: { $gte: "2026-05-01" },
    })
    expect(parsed).toEqual({
      q: "01J9",
      state: ["paid", "open"],
      currency_code: "php",
      created_at: { $gte: new Date("2026-05-01T00:00:00Z") },
    })
  })

  it.each([
    { limit: "0" },
    { limit: "501" },
    { limit: "many" },
    { offset: "-1" },
    { order: "details" },
    { state: "lost" },
    { created_at: { $ne: "2026-05-01" } },
    { created_at: { $gte: "soon" } },
    { q: "x".repeat(201) },
  ])("refuse %j", (query) => {
    expect(AdminGetGatewayPaymentsParams.safeParse(query).success).toBe(false)
  })

  it("name a place's days by its time zone, and refuse a place that is none", () => {
    expect(AdminGetGatewayMoneyInParams.parse({}).time_zone).toBe("UTC")
    const inManila = { time_zone: "Asia/Manila" }
    expect(AdminGetGatewayMoneyInParams.parse(inManila)).toEqual(inManila)
    for (const time_zone of ["Middle/Earth", "+08:00", "", "'; drop table gateway_order"]) {
      expect(AdminGetGatewayMoneyInParams.safeParse({ time_zone }).success).toBe(false)
    }
  })

  it.each([
    ["created_at", { by: "created_at", isDescending: false }],
    ["-created_at", { by: "created_at", isDescending: true }],
    ["-amount", { by: "amount", isDescending: true }],
    ["updated_at", { by: "updated_at", isDescending: false }],
  ] as const)("read the order %s", (order, read) => {
    expect(pageOrder(order)).toEqual(read)
  })
})
