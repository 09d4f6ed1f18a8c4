import { readFileSync } from "node:fs"
import { join } from "node:path"
import ts from "typescript"

/** A table of the code, such as the one that says what each of a gateway's statuses means. */
export type CodeTable = {
  /** The comment above it, on one line. */
  about: string
  /** Its keys in their order, each with the comment beside or above it. */
  rows: readonly { key: string; note: string }[]
}

/**
 * @param file from the root of the repository
 * @param path the table's name, and the key of one in it where it has several: `states`, `states.DB`
 * @throws Error where the file has no such table
 */
export function tableInCode(file: string, path: string): CodeTable {
  const source = sourceOf(file)
  const [name = "", key] = path.split(".")
  const statement = source.statements
    .filter(ts.isVariableStatement)
    .find((candidate) => declarationOf(candidate)?.name.getText(source) === name)
  const whole = objectIn(statement && declarationOf(statement)?.initializer)
  const table = key === undefined ? whole : objectIn(whole && valueOf(whole, key))
  if (!statement || !table) {
    throw new Error(`${file} has no table ${path}`)
  }
  return {
    about: commentAbove(statement),
    rows: table.properties.map((property) => ({
      key: keyOf(property),
      note: notesAt(property, source.text),
    })),
  }
}

/**
 * The comment above a function, on one line.
 *
 * @throws Error where the file has no such function
 */
export function commentInCode(file: string, name: string): string {
  const declaration = sourceOf(file)
    .statements.filter(ts.isFunctionDeclaration)
    .find((candidate) => candidate.name?.text === name)
  if (!declaration) {
    throw new Error(`${file} has no function ${name}`)
  }
  return commentAbove(declaration)
}

function sourceOf(file: string): ts.SourceFile {
  const text = readFileSync(join(__dirname, "../..", file), "utf8")
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
}

function declarationOf({
  declarationList,
}: ts.VariableStatement): ts.VariableDeclaration | undefined {
  return declarationList.declarations[0]
}

function objectIn(value: ts.Expression | undefined): ts.ObjectLiteralExpression | undefined {
  const inner = value && ts.isAsExpression(value) ? value.expression : value
  return inner && ts.isObjectLiteralExpression(inner) ? inner : undefined
}

function valueOf(table: ts.ObjectLiteralExpression, key: string): ts.Expression | undefined {
  return table.properties
    .filter(ts.isPropertyAssignment)
    .find((property) => keyOf(property) === key)?.initializer
}

function keyOf({ name }: ts.ObjectLiteralElementLike): string {
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : ""
}

function commentAbove(node: ts.Node): string {
  const texts = ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
  return onOneLine(texts.join(" "))
}

/** The line comments above a row and the one behind it. */
function notesAt(row: ts.Node, text: string): string {
  const comma = /\s*,/y
  comma.lastIndex = row.end
  const behind = comma.test(text) ? comma.lastIndex : row.end
  return [
    ...(ts.getLeadingCommentRanges(text, row.getFullStart()) ?? []),
    ...(ts.getTrailingCommentRanges(text, behind) ?? []),
  ]
    .map(({ pos, end }) => onOneLine(text.slice(pos, end).replace(/^\/\//, "")))
    .join(" ")
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim()
}
