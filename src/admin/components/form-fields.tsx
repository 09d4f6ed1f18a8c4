import { Button, Hint, Input, Label, RadioGroup, Textarea } from "@medusajs/ui"
import { type ComponentProps, type ReactNode, useId } from "react"
import { isLoggedOut } from "../lib/request-error"
import { useWords } from "../lib/words"
import { LogIn } from "./problem"

/** A form that the page sends itself, such as by a command: the browser stays where it is. */
export function Form({
  onSubmit,
  ...form
}: Omit<ComponentProps<"form">, "onSubmit"> & { onSubmit: () => unknown }) {
  return (
    <form
      className="flex flex-col gap-y-4 px-6 py-4"
      {...form}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    />
  )
}

/** What stands below a field: what it is for, or what is wrong with it. */
type Below = { hint?: ReactNode; problem?: string | undefined }

type Given<Props> = Omit<Props, "id" | "value" | "onChange"> &
  Below & { label: string; value: string; onChange: (value: string) => void }

/** A field of one line with its label, and below it a hint or what is wrong. */
export function TextField({
  label,
  value,
  onChange,
  hint,
  problem,
  ...input
}: Given<ComponentProps<typeof Input>>) {
  const id = useId()
  return (
    <LabeledField id={id} label={label} hint={hint} problem={problem}>
      <Input
        autoComplete="off"
        {...input}
        id={id}
        value={value}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChange(target.value)}
      />
    </LabeledField>
  )
}

/** The same for an exact amount, which is typed with a point or a comma; see lib/amounts.ts. */
export function AmountField(props: Given<ComponentProps<typeof Input>>) {
  return <TextField inputMode="decimal" {...props} />
}

/** The same of several lines, for what stays with a row. */
export function NoteField({
  label,
  value,
  onChange,
  hint,
  problem,
  ...input
}: Given<ComponentProps<typeof Textarea>>) {
  const id = useId()
  return (
    <LabeledField id={id} label={label} hint={hint} problem={problem}>
      <Textarea
        maxLength={1_000}
        {...input}
        id={id}
        value={value}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChange(target.value)}
      />
    </LabeledField>
  )
}

/** Whether a note that has to be given says anything: three characters are the least, as in the routes. */
export function isNoteGiven(note: string): boolean {
  return note.trim().length >= 3
}

/** A few answers with what each means, of which one is chosen. */
export function ChoiceField<Value extends string>({
  label,
  choices,
  chosen,
  onChoose,
}: {
  label: string
  choices: readonly {
    value: Value
    label: string
    description: string
    disabled?: boolean
  }[]
  chosen: Value | undefined
  onChoose: (value: Value) => void
}) {
  return (
    <RadioGroup
      className="flex flex-col gap-y-2"
      aria-label={label}
      value={chosen ?? ""}
      onValueChange={(value) => {
        const choice = choices.find((one) => one.value === value)
        if (choice) {
          onChoose(choice.value)
        }
      }}
    >
      {choices.map((choice) => (
        <RadioGroup.ChoiceBox key={choice.value} {...choice} />
      ))}
    </RadioGroup>
  )
}

/** Any field with its label, and below it a hint or what is wrong. */
export function LabeledField({
  id,
  label,
  hint,
  problem,
  children,
}: Below & { id: string; label: string; children: ReactNode }) {
  const below = problem ?? hint
  return (
    <div className="flex flex-col gap-y-2">
      <Label htmlFor={id} size="small" weight="plus">
        {label}
      </Label>
      {children}
      {below !== undefined && (
        <Hint id={`${id}-hint`} variant={problem === undefined ? "info" : "error"}>
          {below}
        </Hint>
      )}
    </div>
  )
}

/**
 * The end of a form: what it was refused with, and its buttons. What was typed stays until it is sent.
 *
 * @param submit what the button does; left out where there is nothing more to do
 */
export function FormEnd({
  error,
  failure,
  cancel,
  onCancel,
  submit,
  isBlocked = false,
  isBusy = false,
  isDangerous = false,
}: {
  error?: unknown
  /** Where the page has words of its own for it. */
  failure?: (error: unknown) => string
  cancel?: string
  onCancel?: () => void
  submit?: string
  isBlocked?: boolean
  isBusy?: boolean
  isDangerous?: boolean
}) {
  const words = useWords()
  return (
    <>
      {Boolean(error) && (
        <Hint variant="error" role="alert" className="whitespace-pre-line break-words">
          {(failure ?? words.failure)(error)}
          {isLoggedOut(error) && <LogIn />}
        </Hint>
      )}
      <div className="flex flex-wrap justify-end gap-2 empty:hidden">
        {onCancel && (
          <Button type="button" size="small" variant="secondary" onClick={onCancel}>
            {cancel ?? words.t("common.cancel")}
          </Button>
        )}
        {submit !== undefined && (
          <Button
            type="submit"
            size="small"
            variant={isDangerous ? "danger" : "primary"}
            disabled={isBlocked}
            isLoading={isBusy}
          >
            {submit}
          </Button>
        )}
      </div>
    </>
  )
}
