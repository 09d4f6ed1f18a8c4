/** Says what went wrong, also to those who can't see it appear. */
export function Problem({ children }: { children: string | null }) {
  if (!children) return null
  return (
    <p className="notice bad" role="alert">
      {children}
    </p>
  )
}
