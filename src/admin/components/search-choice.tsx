import { Input, Label, RadioGroup, Text } from "@medusajs/ui"
import { type ReactNode, useId } from "react"

/** A field for what somebody looks for. Enter looks for it, and sends no form. */
export function SearchField({
  label,
  placeholder,
  value,
  onChange,
}: {
  label: string
  placeholder?: string
  value: string
  onChange: (value: string) => void
}) {
  const field = useId()
  return (
    <>
      <Label htmlFor={field} size="small" weight="plus">
        {label}
      </Label>
      <Input
        id={field}
        role="searchbox"
        size="small"
        value={value}
        placeholder={placeholder}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
    </>
  )
}

/**
 * What was found, one of which is chosen.
 *
 * @param told how many there are, in a sentence
 * @param children a `RadioGroup.ChoiceBox` for each; nothing where nothing was found
 */
export function FoundChoices({
  label,
  told,
  chosen,
  onChoose,
  children,
}: {
  label: string
  told: string
  chosen: string
  onChoose: (value: string) => void
  children: ReactNode[]
}) {
  return (
    <>
      <Text size="xsmall" className="text-ui-fg-subtle" role="status" aria-live="polite">
        {told}
      </Text>
      {children.length > 0 && (
        <RadioGroup
          className="flex max-h-72 flex-col gap-y-2 overflow-y-auto p-1"
          aria-label={label}
          value={chosen}
          onValueChange={onChoose}
        >
          {children}
        </RadioGroup>
      )}
    </>
  )
}
