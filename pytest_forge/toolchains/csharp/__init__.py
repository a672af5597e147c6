"""C#: solutions and projects, measured by the .NET SDK's own tools."""
