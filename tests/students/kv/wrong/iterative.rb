require 'socket'

DATA = { 'fa' => 'sill', 'mi' => 'lion', 'li' => 'nez' }.freeze
server = TCPServer.new(ARGV[0].to_i)
while (client = server.accept)
  begin
    while (line = client.gets("\n", 65_538))
      break if line.bytesize == 65_538

      key = line.scrub.strip
      break if key == 'FIN'

      client.puts(DATA.key?(key) ? "OK #{DATA[key]}" : 'ERR unknown key')
    end
  rescue SystemCallError => e
    puts e.message
  end
  client.close
end
