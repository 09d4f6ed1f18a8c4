import { readImportFile } from "../read-import-file"

const heading = "beneficiary_id,amount,currency_code,purpose,idempotency_key,external_id"
const good = "poben_1,1.00,PHP,May,,"

function faults(...lines: string[]) {
  return readImportFile([heading, ...lines].join("\n")).problems.map(({ line, code }) => [
    line,
    code,
  ])
}

describe("What is wrong with a file, by its code", () => {
  it.each([
    ["poben_1,,PHP,May,,", "amount"],
    ["poben_1,1.00,,May,,", "currency"],
    ["poben_1,ten,PHP,May,,", "amount"],
    ["poben_1,1.00,pesos,May,,", "currency"],
    [",1.00,PHP,May,,", "missing"],
    ["poben_1,1.00,PHP, ,,", "missing"],
    ["3.00123E+09,1.00,PHP,May,,", "spoiled"],
    ["poben_\u06f1,1.00,PHP,May,,", "characters"],
    ["poben_1,1.00,PHP,M\u0007y,,", "characters"],
    [`poben_1,1.00,PHP,${"x".repeat(256)},,`, "too_long"],
    ["poben_1,1.00,PHP,=1+1,,", "text"],
    ["poben_1,1.00,PHP,May,key,id,x", "cells"],
  ])("is told of the line %j", (line, code) => {
    expect(faults(good, line)).toEqual([[3, code]])
  })

  it("is told of a key that is there twice, and of several accounts for one payee", () => {
    const again = "poben_1,1.00,PHP,May,one,"
    expect(faults(again, again)).toEqual([[3, "key_twice"]])
    const sheet = "beneficiary_id,amount,currency_code,purpose,account_number"
    const accounts = ["03001234567", "03001234568"].map((one) => `poben_1,1.00,PHP,May,${one}`)
    const { problems } = readImportFile([sheet, ...accounts].join("\n"))
    expect(problems.map(({ code }) => code)).toEqual(["payee_mismatch", "payee_mismatch"])
  })

  it.each([
    ["", "empty"],
    [heading, "empty"],
    ["beneficiary_id,bonus\nx,y", "heading"],
    [`${heading}\n"open`, "csv"],
  ])("is told of the file %j", (text, code) => {
    expect(readImportFile(text).problems).toMatchObject([{ code }])
  })

  it("is told of an encoding that can't be read", () => {
    const windows1250 = Buffer.from([...Buffer.from(`${heading}\npoben_1,1.00,PHP,`), 0xe8])
    expect(readImportFile(windows1250).problems).toMatchObject([{ code: "encoding" }])
  })
})
