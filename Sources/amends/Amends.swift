import ArgumentParser
import Hummingbird
@main struct Amends: AsyncParsableCommand { func run() async throws { print("amends") } }
