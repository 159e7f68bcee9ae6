require 'socket'

port = Integer(ARGV.fetch(0) { abort 'usage: copy_stream.rb port' }, exception: false)
abort 'mauvais port' unless port && port.between?(0, 65_535)

serveur = TCPServer.new(port)
loop do
  Thread.start(serveur.accept) do |client|
    IO.copy_stream(client, client)
  rescue SystemCallError => e
    warn e.message
  ensure
    client.close
  end
end
