/** For each code the names of the values that its words have in them. */
export type CodeTable = Readonly<Record<string, readonly string[]>>

/** One code of a table, with the values that its words name where they name some. */
export type Coded<Table extends CodeTable> = {
  [Code in keyof Table & string]: [Table[Code][number]] extends [never]
    ? { code: Code; details?: undefined }
    : { code: Code; details: Readonly<Record<Table[Code][number], string>> }
}[keyof Table & string]
