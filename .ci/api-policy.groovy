// What may change in the Java API, for japicmp: docs/versions.md, "The public API".
jApiClasses.each { changed ->
	def type = changed.oldClass.or { changed.newClass }.get().classFile
	// The constructor of a record grows with its components.
	if (type.getAttribute('Record') != null) {
		changed.constructors.clear()
	}
	// A sealed type is implemented here only.
	if (type.getAttribute('PermittedSubclasses') != null) {
		changed.methods.removeIf { it.changeStatus.name() == 'NEW' }
	}
}
return jApiClasses
