import { BigNumber } from "bignumber.js"
import {
  add,
  compare,
  decimal,
  type DecimalString,
  equal,
  exactAt,
  fitsDecimals,
  fixedAt,
  InvalidAmountError,
  isExactAsDouble,
  isoDecimals,
  isWrittenTooExactly,
  isPositive,
  isZero,
  multiply,
  numberLiteral,
  decimalsFor,
  roundHalfUp,
  subtract,
  TooManyDecimalsError,
  tryDecimal,
} from "../money"
import { seededRandom } from "./seeded-random"

const hostile: unknown[] = [
  "",
  " ",
  " 1",
  "1 ",
  "1\n",
  "1,5",
  "1,000.00",
  "1_000",
  "0x10",
  "0b1",
  "1e",
  "1e5.5",
  "1e9999",
  "1e999999999",
  ".5",
  "5.",
  "+5",
  "--5",
  "1.2.3",
  "NaN",
  "Infinity",
  "-Infinity",
  "١٢",
  "１２",
  "12n",
  "PHP 12",
  "9".repeat(1001),
  "0".repeat(1001),
  "10e999",
  NaN,
  Infinity,
  -Infinity,
  undefined,
  null,
  true,
  {},
  { value: "12.34" },
  { toString: () => "12" },
  [],
  ["12"],
  new Date(0),
  Symbol("12"),
  () => "12",
]

describe("decimal", () => {
  it.each(hostile)("refuses %p", (input) => {
    expect(tryDecimal(input)).toBeUndefined()
    // Who calls from plain JavaScript, or with a value from outside, is not stopped by the types.
    expect(() => Reflect.apply(decimal, undefined, [input])).toThrow(InvalidAmountError)
  })

  it("says what an amount looks like, and shows what was given in a form fit for a log", () => {
    expect(() => decimal("12,50")).toThrow(
      '"12,50" is not an amount: it must be digits with a point, such as 12.50'
    )
    expect(() => decimal("4111 1111 1111 1111")).toThrow('"****1111" is not an amount')
  })

  it.each([
    ["100.00", "100"],
    ["007.50", "7.5"],
    ["-0", "0"],
    ["-0.00", "0"],
    ["1e3", "1000"],
    ["1E-7", "0.0000001"],
    ["0.1", "0.1"],
    ["123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789"],
    [0.1, "0.1"],
    [-0, "0"],
    [1e21, "1000000000000000000000"],
    [1e-7, "0.0000001"],
    [111.9888, "111.9888"],
    [0.1 + 0.2, "0.30000000000000004"],
    [10n ** 20n, "100000000000000000000"],
  ])("reads %p as %s", (input, expected) => {
    expect(decimal(input)).toBe(expected)
  })

  it("takes a text of a thousand characters, in whichever way they are written", () => {
    expect(decimal("9".repeat(1000))).toBe("9".repeat(1000))
    expect(decimal("1e999")).toBe(`1${"0".repeat(999)}`)
  })

  it("says of what is no text only what it is", () => {
    expect(() => decimal(JSON.parse('{ "secret": "x" }'))).toThrow(
      /^a value of type object is not an amount/
    )
  })

  it("comes of no sum or product that would fill the memory", () => {
    const large = decimal("9".repeat(600))
    expect(() => multiply(large, large)).toThrow(InvalidAmountError)
    expect(multiply(decimal("1e499"), decimal("1e500"))).toHaveLength(1000)
  })

  it("takes every finite number there is", () => {
    for (const extreme of [Number.MIN_VALUE, Number.MAX_VALUE, -Number.MIN_VALUE, Number.EPSILON]) {
      expect(Number(decimal(extreme))).toBe(extreme)
    }
  })
})

describe("rounding and places", () => {
  it.each([
    ["0.005", 2, "0.01"],
    ["1.005", 2, "1.01"],
    ["-0.005", 2, "-0.01"],
    ["0.004999999999999999999", 2, "0"],
    ["111.9888", 2, "111.99"],
    ["0.5", 0, "1"],
    ["2.5", 0, "3"],
    ["99.995", 2, "100"],
    ["5", 2, "5"],
  ])("rounds %s half up to %i places: %s", (input, decimals, expected) => {
    expect(roundHalfUp(decimal(input), decimals)).toBe(expected)
  })

  it("writes exactly as many places as are asked for", () => {
    expect(exactAt(decimal("5"), 2)).toBe("5.00")
    expect(exactAt(decimal("5.10"), 2)).toBe("5.10")
    expect(exactAt(decimal("5.00"), 0)).toBe("5")
    expect(exactAt(decimal("0.5"), 3)).toBe("0.500")
  })

  it("refuses to lose a digit, whatever zeros stand behind it", () => {
    expect(() => exactAt(decimal("5.001"), 2)).toThrow(TooManyDecimalsError)
    expect(() => exactAt(decimal("5.5"), 0)).toThrow("5.5 has more than 0 decimal places")
    expect(exactAt(decimal("5.500000"), 1)).toBe("5.5")
  })

  it("writes with rounding only under the name that says so", () => {
    expect(fixedAt(decimal("5.005"), 2)).toBe("5.01")
    expect(fixedAt(decimal("5"), 2)).toBe("5.00")
  })

  it("says how many places there are, in words that fit their number", () => {
    expect(() => exactAt(decimal("0.12"), 1)).toThrow("0.12 has more than 1 decimal place")
    expect(() => exactAt(decimal("0.12"), 1)).not.toThrow("places")
    expect(() => exactAt(decimal("0.1"), 0)).toThrow("0.1 has more than 0 decimal places")
  })

  it("has up to twenty of them", () => {
    expect(exactAt(decimal("1"), 20)).toBe(`1.${"0".repeat(20)}`)
  })

  it.each([-1, 0.5, NaN, Infinity, 21])("refuses %p as a number of places", (decimals) => {
    expect(() => roundHalfUp(decimal("1.5"), decimals)).toThrow(RangeError)
    expect(() => exactAt(decimal("1.5"), decimals)).toThrow(RangeError)
    expect(() => fitsDecimals(decimal("1"), decimals)).toThrow(RangeError)
  })
})

describe("numberLiteral", () => {
  it("is the decimal itself and never a binary artefact", () => {
    const sum = add(decimal("0.1"), decimal("0.2"))
    expect(numberLiteral(sum)).toBe("0.3")
    expect(JSON.stringify({ amount: Number(numberLiteral(sum)) })).toBe('{"amount":0.3}')
  })

  it("refuses what a reader with doubles would take for another amount", () => {
    expect(() => numberLiteral(decimal("9007199254740993"))).toThrow(InvalidAmountError)
    expect(() => numberLiteral(decimal("0.10000000000000001"))).toThrow(InvalidAmountError)
  })

  it("knows which texts a double holds", () => {
    expect(isExactAsDouble("9007199254740992")).toBe(true)
    expect(isExactAsDouble("1e400")).toBe(false)
    expect(isExactAsDouble("1e-400")).toBe(false)
    expect(isExactAsDouble("not a number")).toBe(false)
  })
})

describe("properties, over random decimals", () => {
  const random = seededRandom(20_240_607)
  const whole = (below: number) => Math.floor(random() * below)
  /** A decimal as a pair that BigInt can count with: `units` of ten to the minus `decimals`. */
  const draw = () => {
    const decimals = whole(9)
    const digits = Array.from({ length: 1 + whole(18) }, () => whole(10)).join("")
    const units = BigInt(digits) * (random() < 0.3 ? -1n : 1n)
    const text = digits.padStart(decimals + 1, "0")
    const split = text.length - decimals
    const written = decimals === 0 ? text : `${text.slice(0, split)}.${text.slice(split)}`
    return { units, decimals, text: units < 0n ? `-${written}` : written }
  }
  const scaled = ({ units, decimals }: { units: bigint; decimals: number }) =>
    units * 10n ** BigInt(20 - decimals)
  const scaledText = (amount: DecimalString) => {
    const [integer = "", fraction = ""] = amount.replace("-", "").split(".")
    const units = BigInt(integer + fraction.padEnd(20, "0"))
    return amount.startsWith("-") ? -units : units
  }
  const samples = Array.from({ length: 3_000 }, () => [draw(), draw()] as const)

  it("reads and writes without loss, in one canonical text", () => {
    for (const [sample] of samples) {
      const amount = decimal(sample.text)
      expect(amount).toMatch(/^(?:0|-?(?:[1-9]\d*(?:\.\d*[1-9])?|0\.\d*[1-9]))$/)
      expect(scaledText(amount)).toBe(scaled(sample))
      expect(decimal(amount)).toBe(amount)
      expect(decimal(`${sample.text}${sample.text.includes(".") ? "" : "."}000`)).toBe(amount)
    }
  })

  it("adds, subtracts and compares as whole numbers would", () => {
    for (const [left, right] of samples) {
      const a = decimal(left.text)
      const b = decimal(right.text)
      const difference = scaled(left) - scaled(right)
      expect(scaledText(add(a, b))).toBe(scaled(left) + scaled(right))
      expect(scaledText(subtract(a, b))).toBe(difference)
      expect(Math.sign(compare(a, b))).toBe(difference > 0n ? 1 : difference < 0n ? -1 : 0)
      expect(equal(a, b)).toBe(difference === 0n)
      expect(isZero(a)).toBe(left.units === 0n)
      expect(isPositive(a)).toBe(left.units > 0n)
      expect(equal(subtract(add(a, b), b), a)).toBe(true)
    }
  })

  it("multiplies without losing a place", () => {
    for (const [left, right] of samples) {
      const decimals = left.decimals + right.decimals
      const product = multiply(decimal(left.text), decimal(right.text))
      expect(fitsDecimals(product, decimals)).toBe(true)
      expect(BigInt(exactAt(product, decimals).replace(".", ""))).toBe(left.units * right.units)
    }
  })

  it("rounds to the nearest, halves away from zero, and then fits", () => {
    for (const [sample] of samples) {
      const decimals = whole(5)
      const amount = decimal(sample.text)
      const rounded = roundHalfUp(amount, decimals)
      const step = 10n ** BigInt(20 - decimals)
      const magnitude = scaled(sample) < 0n ? -scaled(sample) : scaled(sample)
      const expected = ((magnitude + step / 2n) / step) * step
      expect(scaledText(rounded)).toBe(scaled(sample) < 0n ? -expected : expected)
      expect(fitsDecimals(rounded, decimals)).toBe(true)
      expect(fitsDecimals(amount, decimals)).toBe(rounded === amount)
      expect(exactAt(rounded, decimals)).toBe(fixedAt(amount, decimals))
      expect(decimal(exactAt(rounded, decimals))).toBe(rounded)
    }
  })

  it("gives number literals that any JSON parser reads back as the same amount", () => {
    let held = 0
    for (const [sample] of samples) {
      const amount = decimal(sample.text)
      if (isExactAsDouble(amount)) {
        held++
        expect(decimal(Number(JSON.parse(numberLiteral(amount))))).toBe(amount)
      } else {
        expect(() => numberLiteral(amount)).toThrow(InvalidAmountError)
      }
    }
    expect(held).toBeGreaterThan(1_000)
    expect(held).toBeLessThan(samples.length)
  })
})

it("the global BigNumber keeps its own settings, and can't change ours", () => {
  const before = BigNumber.config()
  try {
    BigNumber.config({ DECIMAL_PLACES: 0, ROUNDING_MODE: BigNumber.ROUND_DOWN, EXPONENTIAL_AT: 1 })
    expect(roundHalfUp(decimal("1234.565"), 2)).toBe("1234.57")
    expect(exactAt(decimal("1234567"), 2)).toBe("1234567.00")
  } finally {
    BigNumber.config(before)
  }
  expect(new BigNumber("1e30").toString()).toBe("1e+30")
})

describe("decimalsFor", () => {
  const decimals = { php: 2, pkr: 0 }

  it("finds a currency in either case", () => {
    expect(decimalsFor(decimals, "php")).toBe(2)
    expect(decimalsFor(decimals, "PKR")).toBe(0)
  })

  it.each(["usd", "", "__proto__", "constructor", "toString"])(
    "knows nothing of %p, which the gateway does not take",
    (currency) => {
      expect(decimalsFor(decimals, currency)).toBeUndefined()
    }
  )
})

describe("the decimal places of a currency", () => {
  it.each([
    ["jpy", 0],
    ["XOF", 0],
    ["kwd", 3],
    ["Tnd", 3],
    ["eur", 2],
    ["huf", 2],
    ["pkr", 2],
    ["idr", 2],
  ])("of %s are %i, in whatever case it is written", (currency, decimals) => {
    expect(isoDecimals(currency)).toBe(decimals)
  })

  it.each(["tes", "", "constructor", "__proto__"])("are two where ISO knows none: %j", (code) => {
    expect(isoDecimals(code)).toBe(2)
  })
})

describe("an amount as a person wrote it", () => {
  it.each([
    ["1.50", "eur", 2],
    ["1500.00", "pkr", 0],
    ["1500.00", "PKR", 0],
    ["1.500", "kwd", 2],
    ["40000", "khr", 0],
    ["40000.00", "khr", 2],
  ])("%s is not too exact for %s with %d decimals", (written, currency, decimals) => {
    expect(isWrittenTooExactly(written, currency, decimals)).toBe(false)
  })

  it.each([
    ["1.500", "eur", 2],
    ["1.505", "eur", 2],
    ["50.000", "pkr", 0],
    ["50.5", "pkr", 0],
    ["1.505", "kwd", 2],
    ["40000.00", "khr", 0],
    ["5.0", "jpy", 0],
  ])("%s is too exact for %s with %d decimals", (written, currency, decimals) => {
    expect(isWrittenTooExactly(written, currency, decimals)).toBe(true)
  })
})
