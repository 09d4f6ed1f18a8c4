import { chartOf, currenciesOf, daysFrom } from "../day-bars"

const line = (day: string, provider_id: string, currency_code: string, amount: string) => ({
  day,
  provider_id,
  provider_title: provider_id,
  currency_code,
  amount,
  count: 1,
})

const moneyIn = {
  time_zone: "Asia/Manila",
  from: "2026-04-29",
  to: "2026-05-02",
  days: [
    line("2026-04-29", "pp_b", "php", "10.00"),
    line("2026-05-01", "pp_a", "php", "1.50"),
    line("2026-05-01", "pp_b", "php", "20.00"),
    line("2026-05-01", "pp_c", "usd", "7.00"),
  ],
}

const provider = ({ provider_id }: { provider_id: string }) => provider_id

describe("the bars of money by day", () => {
  it("are of one currency, a bar for each day and a part for each series of that currency", () => {
    expect(chartOf(moneyIn, "php", provider)).toEqual({
      series: ["pp_a", "pp_b"],
      bars: [
        { day: "2026-04-29", values: [0, 10] },
        { day: "2026-04-30", values: [0, 0] },
        { day: "2026-05-01", values: [1.5, 20] },
        { day: "2026-05-02", values: [0, 0] },
      ],
    })
    expect(chartOf(moneyIn, "usd", provider).series).toEqual(["pp_c"])
  })

  it("add up what is of one series on a day", () => {
    const { series, bars } = chartOf(moneyIn, "php", () => "all")
    expect([series, bars.map(({ values }) => values)]).toEqual([["all"], [[10], [0], [21.5], [0]]])
  })

  it("begin with the currency in which most payments came", () => {
    expect(currenciesOf(moneyIn)).toEqual(["php", "usd"])
    expect(currenciesOf({ ...moneyIn, days: [] })).toEqual([])
  })

  it("leave out no day where clocks are set or a leap year begins", () => {
    expect(daysFrom("2028-02-28", "2028-03-01")).toEqual(["2028-02-28", "2028-02-29", "2028-03-01"])
    expect(daysFrom("2026-03-28", "2026-03-30")).toHaveLength(3)
    expect(daysFrom("2026-05-02", "2026-05-01")).toEqual([])
  })
})
