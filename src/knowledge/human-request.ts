export const asksForHuman = (text: string): boolean => /\b(humain|conseill\w+|human|someone|agent|adviser)\b/i.test(text)
