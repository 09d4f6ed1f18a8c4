/** The shop's medusa-config as it is written: at which line each thing stands, so that whoever has to change it is told. */

import { parse, type ParseResult } from "@babel/parser"
import * as shopConfig from "../index"
import { packageName } from "./own-package"

// The parser's own, whichever version of its types it brings.
type Statement = ParseResult["program"]["body"][number]
type OfType<Node, Type> = Extract<Node, { type: Type }>
type Expression = OfType<Statement, "ExpressionStatement">["expression"]
export type ObjectExpression = OfType<Expression, "ObjectExpression">
export type ArrayExpression = OfType<Expression, "ArrayExpression">
export type ObjectProperty = OfType<ObjectExpression["properties"][number], "ObjectProperty">
type Node =
  | Statement
  | Expression
  | ObjectExpression["properties"][number]
  | ObjectProperty["key" | "value"]
  | OfType<Statement, "ExportDefaultDeclaration">["declaration"]
  | OfType<Expression, "CallExpression">["arguments"][number]
  | OfType<Expression, "MemberExpression">["property"]

/** Something of the config that is loaded by a name: a plugin, a module, a provider. */
export type ConfigEntry = {
  /** What is loaded, such as `medusa-regional-payments/providers/mocasa`. */
  resolve: string
  /** The `id` beside it, where it is written out. */
  id: string | undefined
  /** What is written, from `{` to `}`; undefined for a plugin that is listed by its name alone. */
  object: ObjectExpression | undefined
  /** Written by a function of this package's, such as `mocasa({...})`: what stands in it are the options themselves. */
  isCall: boolean
  line: number
}

export type Imports = {
  /** What is imported of this package, and where the last of these names ends. */
  own: { names: readonly string[]; lastNameEnd: number } | undefined
  /** Where the last import ends; 0 where there is none. */
  lastEnd: number
  isCommonJs: boolean
}

/** Reads what stands in the file, and runs nothing of it. */
export class ConfigSource {
  readonly #ast: ParseResult
  /** In the order in which they are written. */
  readonly entries: readonly ConfigEntry[]

  /**
   * @param file as people are told it, such as `medusa-config.ts`
   * @throws SyntaxError where the text is no TypeScript or JavaScript
   */
  constructor(
    readonly file: string,
    readonly text: string
  ) {
    this.#ast = parse(text, { sourceType: "unambiguous", plugins: ["typescript"] })
    this.entries = entriesIn(this.#ast)
  }

  /** The object that the shop exports, through `defineConfig` or not. */
  get exported(): ObjectExpression | undefined {
    for (const statement of this.#ast.program.body) {
      const exported =
        statement.type === "ExportDefaultDeclaration"
          ? statement.declaration
          : moduleExports(statement)
      const object = exported && this.objectOf(exported)
      if (object) {
        return object
      }
    }
    return undefined
  }

  /** What an expression is once casts are taken away, calls such as `defineConfig({...})` opened, and names followed. */
  objectOf(node: Node): ObjectExpression | undefined {
    const value = this.valueOf(node)
    if (value.type === "CallExpression") {
      const [argument] = value.arguments
      return argument && this.objectOf(argument)
    }
    return value.type === "ObjectExpression" ? value : undefined
  }

  arrayOf(node: Node): ArrayExpression | undefined {
    const value = this.valueOf(node)
    return value.type === "ArrayExpression" ? value : undefined
  }

  /** What the file imports, for whoever adds to it. */
  get imports(): Imports {
    const statements = this.#ast.program.body
    const imports = statements.filter(({ type }) => type === "ImportDeclaration")
    const own = statements.find((statement) => importsOf(statement).length > 0)
    const names = own ? importsOf(own) : []
    const isCommonJs = imports.length === 0 && statements.some(moduleExports)
    const last = isCommonJs ? statements.filter(isRequire).at(-1) : imports.at(-1)
    return {
      own: own && {
        names: names.map(({ imported }) => imported),
        lastNameEnd: names.at(-1)?.end ?? 0,
      },
      lastEnd: last?.end ?? 0,
      isCommonJs,
    }
  }

  /** The same without opening calls. @param names how many are followed: one that is made of itself has no end */
  valueOf(node: Node, names = 20): Node {
    const bare = withoutCasts(node)
    if (bare.type !== "Identifier" || names === 0) {
      return bare
    }
    const initial = this.#constant(bare.name)
    return initial ? this.valueOf(initial, names - 1) : bare
  }

  /**
   * The line of a place in an object, such as `["encryption", "keys"]`, or of the last part of it that is written there:
   * a missing option is added where its object begins.
   */
  lineOf(object: ObjectExpression, path: readonly string[]): number {
    const [name, ...rest] = path
    const property = name === undefined ? undefined : propertyOf(object, name)
    if (!property) {
      return startOf(object)
    }
    return this.#lineWithin(property.value, rest) ?? startOf(property)
  }

  #lineWithin(node: Node, path: readonly string[]): number | undefined {
    const [name, ...rest] = path
    if (name === undefined) {
      return undefined
    }
    const value = this.valueOf(node)
    if (value.type === "ArrayExpression") {
      const element = value.elements[Number(name)]
      return element ? (this.#lineWithin(element, rest) ?? startOf(element)) : undefined
    }
    const object = this.objectOf(value)
    return object && propertyOf(object, name) ? this.lineOf(object, path) : undefined
  }

  /** The environment variable that a place of an object is taken from; undefined where it is written in another way. */
  variableOf(object: ObjectExpression, path: readonly string[]): string | undefined {
    const [name, ...rest] = path
    const property = name === undefined ? undefined : propertyOf(object, name)
    if (!property) {
      return undefined
    }
    if (rest.length === 0) {
      return environmentVariable(this.valueOf(property.value))
    }
    const inner = this.objectOf(property.value)
    return inner && this.variableOf(inner, rest)
  }

  #constant(name: string): Expression | undefined {
    for (const statement of this.#ast.program.body) {
      const declared =
        statement.type === "ExportNamedDeclaration" ? statement.declaration : statement
      for (const { id, init } of declared?.type === "VariableDeclaration"
        ? declared.declarations
        : []) {
        if (id.type === "Identifier" && id.name === name && init) {
          return init
        }
      }
    }
    return undefined
  }
}

/** A property that is written out, by its name or its text. */
export function propertyOf(object: ObjectExpression, name: string): ObjectProperty | undefined {
  return object.properties.find(
    (property): property is ObjectProperty =>
      property.type === "ObjectProperty" && keyOf(property) === name
  )
}

/** `[Modules.PAYMENT]` counts as `PAYMENT`. */
function keyOf({ key, computed }: ObjectProperty): string | undefined {
  if (key.type === "StringLiteral") {
    return key.value
  }
  if (key.type === "Identifier" && !computed) {
    return key.name
  }
  return key.type === "MemberExpression" && key.property.type === "Identifier"
    ? key.property.name
    : undefined
}

function stringOf(node: Node | undefined): string | undefined {
  const value = node && withoutCasts(node)
  return value?.type === "StringLiteral" ? value.value : undefined
}

function withoutCasts(node: Node): Node {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "ParenthesizedExpression":
      return withoutCasts(node.expression)
    default:
      return node
  }
}

function moduleExports(statement: Node): Node | undefined {
  if (
    statement.type !== "ExpressionStatement" ||
    statement.expression.type !== "AssignmentExpression"
  ) {
    return undefined
  }
  const { left, right } = statement.expression
  const isExports =
    left.type === "MemberExpression" &&
    left.object.type === "Identifier" &&
    left.object.name === "module" &&
    left.property.type === "Identifier" &&
    left.property.name === "exports"
  return isExports ? right : undefined
}

/** `process.env.NAME`, also with a default behind it. */
function environmentVariable(node: Node): string | undefined {
  const value = withoutCasts(node)
  if (value.type === "LogicalExpression") {
    return environmentVariable(value.left)
  }
  if (value.type !== "MemberExpression" || value.object.type !== "MemberExpression") {
    return undefined
  }
  const { object, property, computed } = value
  const isEnvironment =
    object.object.type === "Identifier" &&
    object.object.name === "process" &&
    object.property.type === "Identifier" &&
    object.property.name === "env"
  if (!isEnvironment) {
    return undefined
  }
  return property.type === "Identifier" && !computed ? property.name : stringOf(property)
}

function entriesIn(ast: ParseResult): ConfigEntry[] {
  const entries: ConfigEntry[] = []
  const helpers = helpersIn(ast.program.body)
  walk(ast.program.body, (node) => {
    if (node.type === "ObjectExpression") {
      const resolve = stringOf(propertyOf(node, "resolve")?.value)
      if (resolve !== undefined) {
        const id = stringOf(propertyOf(node, "id")?.value)
        entries.push({ resolve, id, object: node, isCall: false, line: startOf(node) })
      }
    }
    if (node.type === "CallExpression" && node.callee.type === "Identifier") {
      const helper = helpers.get(node.callee.name)
      const [argument] = node.arguments
      const object = argument?.type === "ObjectExpression" ? argument : undefined
      if (helper) {
        const written = object && stringOf(propertyOf(object, "id")?.value)
        const id = written ?? helper.id
        entries.push({ resolve: helper.resolve, id, object, isCall: true, line: startOf(node) })
      }
    }
    if (
      node.type === "ObjectProperty" &&
      keyOf(node) === "plugins" &&
      node.value.type === "ArrayExpression"
    ) {
      for (const element of node.value.elements) {
        const resolve = stringOf(element ?? undefined)
        if (element && resolve !== undefined) {
          const line = startOf(element)
          entries.push({ resolve, id: undefined, object: undefined, isCall: false, line })
        }
      }
    }
  })
  return entries
}

type Helper = { resolve: string; id: string | undefined }

/** The functions of this package's that the file imports, under the names that it gives them. */
function helpersIn(statements: readonly Statement[]): ReadonlyMap<string, Helper> {
  const helpers = new Map<string, Helper>()
  for (const { local, imported } of statements.flatMap(importsOf)) {
    const helper = ownHelpers.get(imported)
    if (helper) {
      helpers.set(local, helper)
    }
  }
  return helpers
}

const ownHelpers: ReadonlyMap<string, Helper> = new Map(
  Object.entries(shopConfig).map(([name, write]) => {
    const { resolve, id }: Helper = Reflect.apply(write, undefined, [{}])
    return [name, { resolve, id }]
  })
)

/** `import { mocasa as gateway } from "..."`, or the same by `require`. */
function importsOf(statement: Statement): { local: string; imported: string; end: number }[] {
  if (statement.type === "ImportDeclaration") {
    return statement.source.value !== packageName
      ? []
      : statement.specifiers.flatMap(({ local, end, ...specifier }) =>
          specifier.type === "ImportSpecifier"
            ? [{ local: local.name, imported: nameOf(specifier.imported), end: end ?? 0 }]
            : []
        )
  }
  if (statement.type !== "VariableDeclaration") {
    return []
  }
  return statement.declarations.flatMap(({ id, init }) => {
    const isOurs =
      init?.type === "CallExpression" &&
      init.callee.type === "Identifier" &&
      init.callee.name === "require" &&
      stringOf(init.arguments[0]) === packageName
    return isOurs && id.type === "ObjectPattern"
      ? id.properties.flatMap((property) =>
          property.type === "ObjectProperty" && property.value.type === "Identifier"
            ? [
                {
                  local: property.value.name,
                  imported: keyOf(property) ?? "",
                  end: property.end ?? 0,
                },
              ]
            : []
        )
      : []
  })
}

function isRequire(statement: Statement): boolean {
  return (
    statement.type === "VariableDeclaration" &&
    statement.declarations.some(
      ({ init }) =>
        init?.type === "CallExpression" &&
        init.callee.type === "Identifier" &&
        init.callee.name === "require"
    )
  )
}

function nameOf(imported: { type: string; name?: string; value?: string }): string {
  return imported.name ?? imported.value ?? ""
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    value.forEach((each) => walk(each, visit))
  } else if (isNode(value)) {
    visit(value)
    Object.values(value).forEach((each) => walk(each, visit))
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "loc" in value
}

function startOf({ loc }: Node): number {
  return loc?.start.line ?? 1
}
