/** The platform that the story is about: its kind, and its name in the demo's workspace. */
export const PLATFORM = 'whatsapp'
