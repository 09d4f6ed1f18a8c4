import { printableText } from "../../shared/text"
import { authCodeAdvice, isAuthCode } from "../auth-code"

const digits = (start: string, count: number) => start.padEnd(count, "4567890123")

describe("what is no code of a wallet", () => {
  it.each([
    ["Visa", "4111111111111111"],
    ["Visa with 19 digits", "4988438843884384303"],
    ["Mastercard", "5555555555554444"],
    ["Mastercard of the 2 series", "2223003122003222"],
    ["Mastercard whose number begins as Alipay's codes do", digits("2600", 16)],
    ["American Express", "378282246310005"],
    ["Diners Club", "30569309025904"],
    ["JCB", "3566002020360505"],
    ["Discover", "6011111111111117"],
    ["UnionPay with 19 digits", "6205500000000000004"],
    ["Maestro", "6759649826438453"],
  ])("a card's number: %s", (_network, number) => {
    expect(isAuthCode(number)).toBe(false)
  })

  it.each([
    ["17 digits of WeChat Pay's", digits("13", 17)],
    ["19 digits of WeChat Pay's", digits("13", 19)],
    ["16 digits of Alipay's", digits("28", 16)],
    ["25 digits of Alipay's", digits("28", 25)],
    ["digits before WeChat Pay's", digits("09", 18)],
    ["digits after WeChat Pay's", digits("16", 18)],
    ["digits before Alipay's", digits("24", 18)],
    ["digits after Alipay's", digits("31", 18)],
    ["nothing", ""],
    ["blanks between", "13 4567 8901 2345 6789"],
    ["a line break behind", `${digits("13", 18)}\n`],
    ["a line before", `x\n${digits("13", 18)}`],
    ["other digits than ours", "１３４５６７８９０１２３４５６７８９"],
    ["a word", "SUCCESS"],
  ])("%s", (_what, text) => {
    expect(isAuthCode(text)).toBe(false)
  })
})

describe("a code of a wallet", () => {
  it.each(["10", "11", "12", "13", "14", "15"])("of WeChat Pay begins with %s", (start) => {
    expect(isAuthCode(digits(start, 18))).toBe(true)
  })

  it.each(["25", "26", "27", "28", "29", "30"])("of Alipay begins with %s", (start) => {
    for (const count of [17, 18, 21, 24]) {
      expect(isAuthCode(digits(start, count))).toBe(true)
    }
  })
})

it("the advice is shown whole", () => {
  expect(printableText(authCodeAdvice)).toBe(authCodeAdvice)
})
